package dev.weir.upstream;

import dev.weir.config.EndpointConfig;
import dev.weir.metrics.CloseReason;
import dev.weir.metrics.EndpointMetrics;
import dev.weir.metrics.PoolMetrics;
import dev.weir.node.Endpoint;
import dev.weir.node.Slots;
import io.vertx.core.Future;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The connections of one lane to one endpoint. The connection that was used last is lent first, so
 * that after a burst the rest falls idle and is closed. How many the lanes of the node have
 * together is bounded by the endpoint's {@link Slots}, and those of all endpoints of the upstream
 * by its own. All methods run on the lane's event loop.
 */
final class EndpointPool {

  /** How much of its lifetime a connection may lose by chance, so that not all end at once. */
  private static final double JITTER_RATIO = 0.1;

  /** How long a pool waits after a failure before it opens a connection that nobody asked for. */
  private static final long WARM_UP_PAUSE_NANOS = 1_000_000_000L;

  private final Lane lane;
  private final Clock clock;
  private final Endpoint endpoint;
  private final PoolRules rules;
  private final Connector connector;
  private final Targets targets;
  private final Slots slots;
  private final Runnable lender = this::lend;
  private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
  private final ArrayDeque<Borrower> pending = new ArrayDeque<>();
  private final PoolMetrics metrics;
  private final EndpointMetrics attempts;
  private long idleNanos;
  private long warmUpAt;
  private int open;
  private boolean waiting;
  private boolean waitingForWhole;
  private boolean resting;
  private boolean closing;

  EndpointPool(Lane lane, Endpoint endpoint, PoolRules rules) {
    this.lane = lane;
    this.clock = lane.clock();
    this.endpoint = endpoint;
    this.rules = rules;
    this.connector =
        new Connector(lane.context().owner(), endpoint.config(), rules.connectMillis());
    this.targets =
        new Targets(
            lane.context().owner(), lane.context(), endpoint.config(), rules.dnsRefreshNanos());
    this.slots = endpoint.slots();
    this.idleNanos = rules.idleNanos();
    this.warmUpAt = clock.now();
    this.metrics = lane.metrics().pool(endpoint.upstream(), endpoint.id());
    this.attempts = lane.metrics().endpoint(endpoint.upstream(), endpoint.id());
    slots.join(lender);
  }

  PoolRules rules() {
    return rules;
  }

  /** Where attempts at this endpoint are counted. */
  EndpointMetrics attempts() {
    return attempts;
  }

  /** Gives the borrower a connection, now or later, or refuses it. */
  void acquire(Borrower borrower) {
    UpstreamConnection connection;
    while ((connection = pollIdle(idle.pollLast())) != null) {
      if (mayBeLent(connection)) {
        metrics.reused();
        borrower.connected(connection);
        return;
      }
    }
    acquireFresh(borrower);
  }

  private boolean mayBeLent(UpstreamConnection connection) {
    if (!connection.usable()) {
      return false; // Its end is on the way.
    }
    if (connection.isOld(clock.now())) {
      connection.close(CloseReason.LIFETIME);
      return false;
    }
    if (!targets.has(connection.target())) {
      connection.close(CloseReason.MOVED);
      return false;
    }
    return true;
  }

  private UpstreamConnection pollIdle(UpstreamConnection polled) {
    if (polled != null) {
      metrics.idle(-1);
    }
    return polled;
  }

  /** Like {@link #acquire}, with a connection that no request has used. */
  void acquireFresh(Borrower borrower) {
    if (pending.isEmpty() && take() == null) {
      connect(borrower);
    } else {
      borrower.pendingUntil(clock.exact() + rules.pendingNanos());
      pending.addLast(borrower);
      pending(1);
      if (borrower.mayWait()) {
        servePending();
      }
    }
  }

  private void pending(int change) {
    metrics.pending(change);
    endpoint.load().pending(change);
  }

  /** Takes a borrower that gave up out of the queue; returns whether it was there. */
  boolean forget(Borrower borrower) {
    boolean waited = pending.remove(borrower);
    if (waited) {
      pending(-1);
      closeUnused();
    }
    return waited;
  }

  /** Connects for as many borrowers as there are slots; waits for one when there are too few. */
  private void servePending() {
    Slots full = connectPending();
    while (full != null && !waitsFor(full)) {
      Slots at = full;
      waits(at, true);
      at.await(() -> lane.context().runOnContext(free -> woken(at)));
      full = connectPending();
    }
  }

  /** Returns where there was no slot for a borrower that is left; null when none is left. */
  private Slots connectPending() {
    while (!pending.isEmpty()) {
      Slots full = take();
      if (full != null) {
        return full;
      }
      Borrower next = pollPending();
      next.connecting();
      connect(next);
    }
    return null;
  }

  /** Takes a slot; returns null, or where there is none. */
  private Slots take() {
    return slots.take(rules.maxOpen(), rules.maxWhole());
  }

  private boolean waitsFor(Slots at) {
    return at == slots ? waiting : waitingForWhole;
  }

  private void waits(Slots at, boolean waits) {
    if (at == slots) {
      waiting = waits;
    } else {
      waitingForWhole = waits;
    }
  }

  private void woken(Slots at) {
    int before = open;
    waits(at, false);
    servePending();
    if (open == before && !waitsFor(at)) {
      at.wakeNext(); // The slot is of no use here: nothing is left, or another one is missing.
    }
  }

  private Borrower pollPending() {
    Borrower next = pending.pollFirst();
    if (next != null) {
      pending(-1);
    }
    return next;
  }

  /** Another lane waits for a slot: gives it one that is not in use here. Any thread calls it. */
  private void lend() {
    lane.context()
        .runOnContext(
            asked -> {
              if (open > rules.minOpen() && slots.wanted()) {
                UpstreamConnection oldest = pollIdle(idle.pollFirst());
                if (oldest != null) {
                  oldest.close(CloseReason.LENT);
                }
              }
            });
  }

  private void connect(Borrower borrower) {
    open++;
    connector
        .connect(lane.context(), targets.next())
        .onComplete(http -> opened(http, borrower), failure -> connectFailed(borrower, failure));
  }

  private void opened(HttpClientConnectionInternal http, Borrower borrower) {
    UpstreamConnection connection = opened(http);
    if (borrower.isOver()) {
      release(connection);
    } else {
      borrower.connected(connection);
    }
  }

  private UpstreamConnection opened(HttpClientConnectionInternal http) {
    metrics.opened();
    SocketAddress target = targets.reached(http.channelHandlerContext().channel());
    return new UpstreamConnection(http, lane.context(), this, target, oldAt(clock.now()));
  }

  private long oldAt(long now) {
    if (rules.lifetimeNanos() == 0) {
      return Timeouts.never(now);
    }
    double less = JITTER_RATIO * ThreadLocalRandom.current().nextDouble();
    return now + (long) (rules.lifetimeNanos() * (1 - less));
  }

  private void connectFailed(Borrower borrower, Throwable failure) {
    gone();
    if (!borrower.isOver()) {
      borrower.connectFailed(failure);
    }
    servePending();
    closeUnused();
  }

  /** Takes a connection back whose request is over. */
  void release(UpstreamConnection connection) {
    CloseReason reason = whyClose(connection);
    if (reason != null) {
      connection.close(reason);
      return;
    }
    Borrower next = pollPending();
    if (next != null) {
      metrics.reused();
      next.connected(connection);
    } else {
      connection.idleSince(clock.now());
      idle.addLast(connection);
      metrics.idle(1);
    }
  }

  /** Why a connection that is not in use is not kept; {@code null} when it is. */
  private CloseReason whyClose(UpstreamConnection connection) {
    if (closing) {
      return CloseReason.RETIRED;
    } else if (connection.isOld(clock.now())) {
      return CloseReason.LIFETIME;
    } else if (rules.maxRequests() > 0 && connection.requests() >= rules.maxRequests()) {
      return CloseReason.REQUESTS;
    } else if (resting) {
      return CloseReason.UNUSED;
    } else if (!targets.has(connection.target())) {
      return CloseReason.MOVED;
    }
    boolean needed = !pending.isEmpty() || open <= rules.minOpen();
    boolean lent = slots.wanted() && !needed || slots.owed(rules.maxWhole());
    return lent ? CloseReason.LENT : null;
  }

  /**
   * Notes that a connection is closed.
   *
   * @param reason why this side closed it; {@code null} when it did not
   */
  void closed(UpstreamConnection connection, CloseReason reason) {
    metrics.closed(reason == null ? CloseReason.SERVER : reason);
    connection.spoil();
    if (idle.remove(connection)) {
      metrics.idle(-1);
    }
    gone();
    servePending();
    closeUnused();
  }

  private void gone() {
    open--;
    slots.free();
  }

  /** A retired pool connects for those who wait in it; nothing comes to it any more. */
  private void closeUnused() {
    if (closing && open == 0 && pending.isEmpty()) {
      connector.close();
    }
  }

  /**
   * Takes it that the endpoint closes idle connections after a time, and is faster.
   *
   * @param nanos the time, greater than 0
   */
  void learnIdle(long nanos) {
    idleNanos = Math.min(rules.idleNanos(), nanos);
  }

  /** Closes what was idle for too long, the oldest first, and opens what is missing. */
  void sweep() {
    targets.refresh(clock.now());
    long limit = clock.now() - idleNanos;
    while (!idle.isEmpty() && idle.peekFirst().idleSince() - limit < 0) {
      pollIdle(idle.pollFirst()).close(CloseReason.IDLE);
    }
    if (open < rules.minOpen() && !resting && !closing && clock.now() - warmUpAt >= 0) {
      warmUp();
    }
  }

  private void warmUp() {
    int missing = rules.minOpen() - open;
    for (int i = 0; i < missing && take() == null; i++) {
      open++;
      connector
          .connect(lane.context(), targets.next())
          .onComplete(http -> release(opened(http)), failure -> warmUpFailed());
    }
  }

  private void warmUpFailed() {
    warmUpAt = clock.now() + WARM_UP_PAUSE_NANOS;
    gone();
    servePending();
    closeUnused();
  }

  /**
   * Looks whether the endpoint is to be used: if not, connections that are not in use are closed.
   */
  void look() {
    EndpointConfig config = endpoint.config();
    resting = !endpoint.works() || config.drain() || !config.enabled();
    if (resting) {
      closeIdle(CloseReason.UNUSED);
    }
  }

  private void closeIdle(CloseReason reason) {
    while (!idle.isEmpty()) {
      pollIdle(idle.pollFirst()).close(reason);
    }
  }

  /**
   * Closes idle connections now and the others when they come back. Those who wait are served, but
   * nobody may {@link #acquire} any more.
   */
  void retire() {
    closing = true;
    slots.leave(lender);
    closeIdle(CloseReason.RETIRED);
    closeUnused();
  }

  /** Closes all connections at once. */
  Future<Void> close() {
    retire();
    return connector.close();
  }
}
