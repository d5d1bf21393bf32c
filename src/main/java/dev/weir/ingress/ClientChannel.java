package dev.weir.ingress;

import dev.weir.exchange.HeapContent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Speaks HTTP/1.1 with a client behind Netty's codec: hands the {@link ClientConnection} one
 * request at a time, and keeps those that arrive meanwhile.
 *
 * <p>It stands in the place of Vert.x' own handler, which makes a context, a stream and a queue for
 * each request, copies what it answers with, drops trailers, and cuts a connection whose body is
 * malformed where there could be an answer.
 *
 * <p>A connection is read as long as somebody takes what it brings. What waits is at most what one
 * read of the socket held, which is 64 KiB on the wire, in memory that nobody has to release.
 */
final class ClientChannel extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(ClientChannel.class);

  private final ClientConnection connection;
  private final ContextInternal context;
  private final ResponseEncoder encoder;
  private final Queue<HttpObject> parked = new ArrayDeque<>(0);
  private ChannelHandlerContext channel;
  private IncomingRequest current; // null between two requests
  private boolean taking;
  private volatile long requests; // Written by the connection's event loop alone.

  /**
   * @param context where requests are handled
   * @param encoder that of the connection
   */
  ClientChannel(ClientConnection connection, ContextInternal context, ResponseEncoder encoder) {
    this.connection = connection;
    this.context = context;
    this.encoder = encoder;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext channel) {
    this.channel = channel;
  }

  /** How many heads of requests have arrived. May be called anywhere. */
  long requests() {
    return requests;
  }

  // --- what comes

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    if (message instanceof HttpRequest) {
      requests++;
    }
    ContextInternal before = context.beginDispatch();
    try {
      if (!parked.isEmpty() || message instanceof HttpRequest && isBusy()) {
        park((HttpObject) message);
      } else {
        take((HttpObject) message);
      }
    } finally {
      context.endDispatch(before);
      ReferenceCountUtil.release(message);
    }
  }

  /** Whether the next request has to wait: for this one, or for the client to read its answers. */
  private boolean isBusy() {
    return current != null || !isWritable();
  }

  private void park(HttpObject message) {
    HttpObject kept = message;
    if (message instanceof HttpContent content && content.content().isReadable()) {
      HttpContent copy = content.replace(HeapContent.onHeap(content.content()));
      copy.setDecoderResult(content.decoderResult());
      kept = copy;
    }
    parked.add(kept);
    regulate();
  }

  private void take(HttpObject message) {
    if (message instanceof HttpRequest request) {
      current = new IncomingRequest(this, request);
      if (request.decoderResult().isFailure()) {
        connection.invalidRequest(current, request.decoderResult().cause());
        return; // It may pass for a body as well.
      }
      connection.request(current);
    }
    if (message instanceof HttpContent content && current != null) {
      take(content);
    }
  }

  private void take(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      connection.bodyBroken();
      return;
    }
    ByteBuf bytes = content.content();
    if (bytes.isReadable()) {
      current.received(BufferInternal.buffer(HeapContent.onHeap(bytes)));
    }
    if (content instanceof LastHttpContent last) {
      if (!last.trailingHeaders().isEmpty()) {
        connection.trailers(last.trailingHeaders());
      }
      current.receivedAll();
    }
  }

  /** A request was read whole. */
  void requestEnded(IncomingRequest request) {
    if (request == current) { // The next one may have begun while its end was told.
      connection.requestEnded();
    }
  }

  /** The current request was read whole and answered: the next one may come. */
  void next() {
    current = null;
    takeParked();
  }

  private void takeParked() {
    if (taking || parked.isEmpty()) {
      return; // What has called this goes on.
    }
    taking = true;
    try {
      while (!parked.isEmpty() && !(parked.peek() instanceof HttpRequest && isBusy())) {
        take(parked.remove());
      }
    } finally {
      taking = false;
      regulate();
    }
  }

  /** Reads on when nothing waits. */
  void regulate() {
    boolean reads = parked.isEmpty() && (current == null || !current.isHeld());
    if (channel.channel().config().isAutoRead() != reads) {
      channel.channel().config().setAutoRead(reads);
    }
  }

  /** Runs something on the connection's event loop: at once when it is the caller's. */
  void run(Runnable task) {
    if (inEventLoop()) {
      task.run();
    } else {
      channel.executor().execute(task);
    }
  }

  boolean inEventLoop() {
    return channel.executor().inEventLoop();
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    connection.closed();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable failure) {
    if (!(failure instanceof IOException)) {
      LOG.error("A connection of a client is closed because of an unexpected failure", failure);
    }
    channel.close();
  }

  // --- what is sent

  /**
   * Sends a part of a response, or all of it.
   *
   * @param answersHead whether the request was HEAD
   */
  void send(HttpObject part, boolean answersHead) {
    encoder.answersHead(answersHead);
    channel.writeAndFlush(part, channel.voidPromise()); // What fails closes the connection.
  }

  /** Sends what goes out together with the next part. */
  void sendLater(HttpObject part, boolean answersHead) {
    encoder.answersHead(answersHead);
    channel.write(part, channel.voidPromise());
  }

  boolean isWritable() {
    return channel.channel().isWritable();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext channel) {
    ContextInternal before = context.beginDispatch();
    try {
      if (current != null) {
        current.response().drained();
      } else {
        takeParked();
      }
    } finally {
      context.endDispatch(before);
    }
  }
}
