package dev.weir.upstream;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;

/**
 * Sits between the HTTP codec and Vert.x on a connection to an endpoint. It says when a read is
 * complete, so that what was held back for one larger write can go; it drops interim responses that
 * Vert.x would take for final ones (RFC 9110 section 15.2 lets a proxy drop those that it did not
 * ask for); and it puts trailers behind the body of a request, for which Vert.x has no way.
 */
final class UpstreamChannelHandler extends ChannelDuplexHandler {

  private final UpstreamConnection connection;
  private ChannelHandlerContext context;
  private boolean dropping;
  private MultiMap trailers;

  UpstreamChannelHandler(UpstreamConnection connection) {
    this.connection = connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
  }

  /** Closes at once. Vert.x would first wait until the server has read all that was written. */
  void close() {
    context.close();
  }

  /** The fields that are to follow the body of the current request. */
  void trailers(MultiMap trailers) {
    this.trailers = trailers;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (trailers != null && message instanceof LastHttpContent last) {
      LastHttpContent extended = new DefaultLastHttpContent(last.content());
      trailers.forEach((name, value) -> extended.trailingHeaders().add(name, value));
      trailers = null;
      context.write(extended, promise);
    } else {
      context.write(message, promise);
    }
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
