package dev.weir.ingress;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.net.impl.ShutdownEvent;
import java.nio.charset.StandardCharsets;

/**
 * Sits before the HTTP codec on a client's connection. It sees bytes before they are a request, and
 * keeps Vert.x from closing an idle connection at the moment a drain begins: a request may be on
 * its way.
 */
final class ClientChannelHandler extends ChannelInboundHandlerAdapter {

  private final ClientConnection connection;
  private ChannelHandlerContext context;
  private boolean reading; // Between the first piece of what is read and its end.

  ClientChannelHandler(ClientConnection connection) {
    this.connection = connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    reading = true;
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    reading = false;
    connection.noteHead();
    context.fireChannelReadComplete();
  }

  /** Whether there may be more to decode of what has just been read. */
  boolean isReading() {
    return reading;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof ShutdownEvent)) {
      context.fireUserEventTriggered(event);
    }
  }

  /** How many bytes wait for the client to read. */
  long unsentBytes() {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** Closes when all that was written is sent. */
  void closeWhenSent() {
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Closes at once; what the client has not read is lost. */
  void close() {
    context.close();
  }

  /** Answers bytes that never became a request, and closes. */
  void reply(String statusLine) {
    String reply = statusLine + "\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    context
        .writeAndFlush(Unpooled.copiedBuffer(reply, StandardCharsets.US_ASCII))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
