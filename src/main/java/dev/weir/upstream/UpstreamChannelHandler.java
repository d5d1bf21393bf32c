package dev.weir.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Sits between the HTTP codec and Vert.x on a connection to an endpoint. It says when a read is
 * complete, so that what was held back for one larger write can go, and it drops interim responses
 * that Vert.x would take for final ones (RFC 9110 section 15.2 lets a proxy drop those that it did not
 * ask for).
 */
final class UpstreamChannelHandler extends ChannelInboundHandlerAdapter {

  private final UpstreamConnection connection;
  private boolean dropping;

  UpstreamChannelHandler(UpstreamConnection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response) {
      dropping = isUnknownInterim(response.status().code());
    }
    if (dropping) {
      dropping = !(message instanceof LastHttpContent);
      ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }

  private static boolean isUnknownInterim(int status) {
    return status < 200 && status != 100 && status != 101 && status != 103;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.fireChannelReadComplete();
    connection.readComplete();
  }
}
