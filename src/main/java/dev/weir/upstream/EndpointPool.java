package dev.weir.upstream;

import dev.weir.config.PoolConfig;
import dev.weir.config.UpstreamConfig;
import dev.weir.exchange.Flag;
import dev.weir.metrics.EndpointMetrics;
import dev.weir.metrics.LaneMetrics;
import dev.weir.metrics.PoolMetrics;
import dev.weir.node.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one lane to one endpoint. The connection that was used last is lent first, so
 * that after a burst the rest falls idle and is closed. All methods run on the lane's event loop.
 */
final class EndpointPool {

  private final ContextInternal context;
  private final Clock clock;
  private final Connector connector;
  private final int maxOpen;
  private final int maxPending;
  private final long idleNanos;
  private final long pendingNanos;
  private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
  private final ArrayDeque<Attempt> pending = new ArrayDeque<>();
  private final PoolMetrics metrics;
  private final EndpointMetrics attempts;
  private int open;
  private boolean closing;

  /**
   * @param lanes how many lanes share the endpoint's {@code maxConnections}
   * @param metrics where the lane counts
   */
  EndpointPool(
      ContextInternal context,
      Clock clock,
      Endpoint endpoint,
      UpstreamConfig config,
      int lanes,
      LaneMetrics metrics) {
    PoolConfig pool = config.pool();
    this.context = context;
    this.clock = clock;
    this.connector = new Connector(context.owner(), endpoint.config(), config.timeouts());
    this.maxOpen = Math.max(1, pool.maxConnections() / lanes);
    this.maxPending = pool.maxPending();
    this.idleNanos = TimeUnit.MILLISECONDS.toNanos(pool.idleTimeoutMillis());
    this.pendingNanos = TimeUnit.MILLISECONDS.toNanos(pool.pendingTimeoutMillis());
    this.metrics = metrics.pool(endpoint.upstream(), endpoint.id());
    this.attempts = metrics.endpoint(endpoint.upstream(), endpoint.id());
  }

  /** Where attempts at this endpoint are counted. */
  EndpointMetrics attempts() {
    return attempts;
  }

  /** Gives the attempt a connection, now or later, or refuses it. */
  void acquire(Attempt attempt) {
    UpstreamConnection connection;
    while ((connection = pollIdle(idle.pollLast())) != null) {
      if (connection.usable()) {
        metrics.reused();
        attempt.connected(connection);
        return;
      }
    }
    acquireFresh(attempt);
  }

  private UpstreamConnection pollIdle(UpstreamConnection polled) {
    if (polled != null) {
      metrics.idle(-1);
    }
    return polled;
  }

  /** Like {@link #acquire}, with a connection that no request has used. */
  void acquireFresh(Attempt attempt) {
    if (open < maxOpen) {
      connect(attempt);
    } else if (pending.size() < maxPending) {
      attempt.pendingUntil(clock.exact() + pendingNanos);
      pending.addLast(attempt);
      metrics.pending(1);
    } else {
      attempt.refused(Flag.UO, "The pool's queue is full");
    }
  }

  /** Takes an attempt that gave up out of the queue. */
  void forget(Attempt attempt) {
    if (pending.remove(attempt)) {
      metrics.pending(-1);
    }
  }

  private void connect(Attempt attempt) {
    open++;
    connector
        .connect(context)
        .onComplete(http -> opened(http, attempt), failure -> connectFailed(attempt, failure));
  }

  private void opened(HttpClientConnectionInternal http, Attempt attempt) {
    metrics.opened();
    UpstreamConnection connection = new UpstreamConnection(http, this);
    if (attempt.isOver()) {
      release(connection);
    } else {
      attempt.connected(connection);
    }
  }

  private void connectFailed(Attempt attempt, Throwable failure) {
    open--;
    if (!attempt.isOver()) {
      attempt.connectFailed(failure);
    }
    servePending();
  }

  /** Takes a connection back whose request is over. */
  void release(UpstreamConnection connection) {
    if (closing) {
      connection.close();
      return;
    }
    Attempt next = pollPending();
    if (next != null) {
      metrics.reused();
      next.connected(connection);
    } else {
      connection.idleSince(clock.now());
      idle.addLast(connection);
      metrics.idle(1);
    }
  }

  private Attempt pollPending() {
    Attempt next = pending.pollFirst();
    if (next != null) {
      metrics.pending(-1);
    }
    return next;
  }

  /** Notes that a connection is closed, whoever closed it. */
  void closed(UpstreamConnection connection) {
    open--;
    metrics.closed();
    connection.spoil();
    if (idle.remove(connection)) {
      metrics.idle(-1);
    }
    servePending();
    if (closing && open == 0) {
      connector.close();
    }
  }

  private void servePending() {
    if (open < maxOpen && !pending.isEmpty()) {
      connect(pollPending());
    }
  }

  /** Closes what was idle for too long; the oldest stand first. */
  void sweep() {
    long limit = clock.now() - idleNanos;
    while (!idle.isEmpty() && idle.peekFirst().idleSince() - limit < 0) {
      pollIdle(idle.pollFirst()).close();
    }
  }

  /** Closes idle connections now and the others when they come back. */
  void retire() {
    closing = true;
    while (!idle.isEmpty()) {
      pollIdle(idle.pollFirst()).close();
    }
  }

  /** Closes all connections at once. */
  Future<Void> close() {
    retire();
    return connector.close();
  }
}
