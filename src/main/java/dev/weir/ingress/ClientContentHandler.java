package dev.weir.ingress;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Sits behind the HTTP codec on a client's connection and does for bodies what Vert.x does not: it
 * keeps trailers, and it lets a malformed body be answered rather than just cut.
 */
final class ClientContentHandler extends ChannelInboundHandlerAdapter {

  private final ClientConnection connection;
  private volatile long requests; // Written by the connection's event loop alone.

  ClientContentHandler(ClientConnection connection) {
    this.connection = connection;
  }

  /** How many heads of requests have arrived. May be called anywhere. */
  long requests() {
    return requests;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message != LastHttpContent.EMPTY_LAST_CONTENT) {
      if (message instanceof HttpContent content && isBroken(content)) {
        ReferenceCountUtil.release(message);
        connection.bodyBroken();
        return;
      } else if (message instanceof HttpRequest) {
        requests++;
      } else if (message instanceof LastHttpContent last && connection.serves(requests)) {
        keepTrailers(last);
      }
    }
    context.fireChannelRead(message);
  }

  private boolean isBroken(HttpContent content) {
    return content.decoderResult().isFailure() && connection.serves(requests);
  }

  private void keepTrailers(LastHttpContent last) {
    if (!last.trailingHeaders().isEmpty()) {
      connection.trailers(last.trailingHeaders());
    }
  }
}
