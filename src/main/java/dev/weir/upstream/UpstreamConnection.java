package dev.weir.upstream;

import dev.weir.exchange.HeapContent;
import dev.weir.metrics.CloseReason;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;

/** One connection to an endpoint, owned by a pool and lent to one attempt at a time. */
final class UpstreamConnection {

  private final HttpClientConnectionInternal http;
  private final EndpointPool pool;
  private final UpstreamChannelHandler channelHandler = new UpstreamChannelHandler(this);
  private Runnable readComplete;
  private final SocketAddress target;
  private final long oldAt;
  private CloseReason reason;
  private long idleSince;
  private long requests;
  private boolean reusable = true;

  /**
   * @param target where it leads
   * @param oldAt when it is to be closed between two requests
   */
  UpstreamConnection(
      HttpClientConnectionInternal http, EndpointPool pool, SocketAddress target, long oldAt) {
    this.target = target;
    this.oldAt = oldAt;
    this.http = http;
    this.pool = pool;
    http.evictionHandler(evicted -> reusable = false);
    ChannelPipeline pipeline = http.channelHandlerContext().pipeline();
    pipeline.addBefore("handler", "weir", channelHandler);
    pipeline.addBefore("handler", "weir-heap", HeapContent.HANDLER);
    http.exceptionHandler(broken -> {}); // Without one Vert.x logs each reset as an error.
    http.closeHandler(closed -> pool.closed(this, reason));
  }

  /** Opens the stream for one request. */
  Future<HttpClientStream> open(ContextInternal context, Runnable readComplete) {
    this.readComplete = readComplete;
    requests++;
    return http.createStream(context);
  }

  /** Puts fields behind the body of the current request. */
  void trailers(MultiMap trailers) {
    channelHandler.trailers(trailers);
  }

  /** Whether the current request is not the first on this connection. */
  boolean reused() {
    return requests > 1;
  }

  /** Called when all that the socket held was passed on. */
  void readComplete() {
    if (readComplete != null) {
      readComplete.run();
    }
  }

  /** Called when the current request is over. */
  void release() {
    readComplete = null;
    if (reusable) {
      pool.release(this);
    } else {
      close(CloseReason.SERVER);
    }
  }

  /** No further request may use this connection. */
  void spoil() {
    reusable = false;
  }

  boolean usable() {
    return reusable && http.channelHandlerContext().channel().isActive();
  }

  /** How many requests it has served, the current one among them. */
  long requests() {
    return requests;
  }

  /** Where it leads. */
  SocketAddress target() {
    return target;
  }

  boolean isOld(long now) {
    return oldAt - now <= 0;
  }

  /**
   * Learns from its first response how long the endpoint keeps idle connections.
   *
   * @param keepAlive the value of {@code Keep-Alive}; {@code null} when there is none
   */
  void keepAlive(String keepAlive) {
    long nanos = keepAlive == null ? 0 : Framing.idleNanos(keepAlive);
    if (nanos > 0) {
      pool.learnIdle(nanos);
    }
  }

  /** Closes it because its request did not end well. */
  void close() {
    close(CloseReason.ABORTED);
  }

  void close(CloseReason why) {
    if (reason == null) {
      reason = why;
    }
    reusable = false;
    readComplete = null;
    channelHandler.close();
  }

  long idleSince() {
    return idleSince;
  }

  void idleSince(long nanos) {
    idleSince = nanos;
  }
}
