package dev.weir.upstream;

import dev.weir.metrics.CloseReason;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;

/** One connection to an endpoint, owned by a pool and lent to one attempt at a time. */
final class UpstreamConnection {

  private final EndpointPool pool;
  private final Http1Channel channel;
  private final SocketAddress target;
  private final long oldAt;
  private CloseReason reason;
  private long idleSince;
  private long requests;
  private boolean reusable = true;

  /**
   * @param http what has just been connected
   * @param context that of the lane
   * @param target where it leads
   * @param oldAt when it is to be closed between two requests
   */
  UpstreamConnection(
      HttpClientConnectionInternal http,
      ContextInternal context,
      EndpointPool pool,
      SocketAddress target,
      long oldAt) {
    this.target = target;
    this.oldAt = oldAt;
    this.pool = pool;
    ResponseDecoder decoder = new ResponseDecoder();
    this.channel = new Http1Channel(context, decoder);
    Channel socket = http.channelHandlerContext().channel();
    ChannelPipeline pipeline = socket.pipeline();
    pipeline.replace("codec", "weir-decoder", decoder);
    pipeline.addAfter("weir-decoder", "weir-encoder", new RequestEncoder());
    pipeline.replace("handler", "weir", channel);
    socket.closeFuture().addListener(closed -> pool.closed(this, reason));
  }

  /** Lends it for one request. */
  Http1Channel begin(ResponseListener user) {
    requests++;
    channel.use(user);
    return channel;
  }

  /** Whether the current request is not the first on this connection. */
  boolean reused() {
    return requests > 1;
  }

  /** Called when the current request is over. */
  void release() {
    if (reusable && !channel.hasSurplus()) {
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
    return reusable && channel.isActive();
  }

  /** Whether it is open. */
  boolean isActive() {
    return channel.isActive();
  }

  /** From now on {@code user} hears of the response. */
  void handOver(ResponseListener user) {
    channel.use(user);
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
    channel.close();
  }

  long idleSince() {
    return idleSince;
  }

  void idleSince(long nanos) {
    idleSince = nanos;
  }
}
