package dev.weir.upstream;

import dev.weir.exchange.Flag;
import dev.weir.metrics.EndpointMetrics;
import dev.weir.node.Endpoint;
import dev.weir.resilience.FailureRule;
import dev.weir.resilience.Trial;
import java.util.concurrent.TimeUnit;

/** Tells everybody who counts how an attempt goes: metrics, load, and those who watch failures. */
final class AttemptRecord {

  /** How long a client may hold what is meant for trials of an upstream. */
  private static final long SPARED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Lane lane;
  private final Endpoint endpoint;
  private final EndpointMetrics metrics;
  private final Trial trial; // null when nobody watches over the upstream
  private final boolean further;
  private long startedAt;
  private long waitsSince;
  private boolean connected;
  private boolean lost;
  private boolean excused;

  /**
   * @param trial {@code null} when nobody watches over the upstream
   * @param further whether it is not the first attempt of its exchange
   */
  AttemptRecord(
      Lane lane, Endpoint endpoint, EndpointMetrics metrics, Trial trial, boolean further) {
    this.lane = lane;
    this.endpoint = endpoint;
    this.metrics = metrics;
    this.trial = trial;
    this.further = further;
  }

  void begin(long now) {
    startedAt = now;
    waitsSince = now;
    endpoint.load().begin();
    if (further) {
      endpoint.load().retries(1);
    }
    metrics.begin();
    if (trial != null) {
      trial.begin(lane.observers().of(endpoint));
    }
  }

  /** The endpoint is asked for a connection, after a while in a queue. */
  void connecting(long now) {
    waitsSince = now;
  }

  /**
   * There is a connection.
   *
   * @param whole whether the whole request goes out now, rather than as it comes from the client
   */
  void connected(long now, boolean whole) {
    waitsSince = now;
    connected = true;
    metrics.acquired(now - startedAt);
    if (whole && trial != null) {
      trial.sent(now);
    }
  }

  /** The next byte, of the request or of the response, is the client's to move. */
  void waitsForClient(long now) {
    waitsSince = now;
    if (trial != null && now - startedAt > SPARED_NANOS) {
      trial.spare();
    }
  }

  /** The last of the request's body went out. */
  void sent() {
    waitsSince = lane.clock().exact();
    if (trial != null) {
      trial.sent(waitsSince);
    }
  }

  /** Since when it waits for nobody but the endpoint, as far as is known. */
  long waitsSince() {
    return waitsSince;
  }

  /** Who keeps the attempt waiting is the client, or the gateway itself, and not the endpoint. */
  void excuse() {
    excused = true;
  }

  /** The connection is gone, and another one is looked for. */
  void disconnected() {
    connected = false;
  }

  /**
   * The head of a response came.
   *
   * @param sent whether the whole request was sent by then
   * @return how long it took since then, in nanoseconds; 0 when it was not: what the client took to
   *     send says nothing about the endpoint
   */
  long answered(int status, boolean sent, long now) {
    long nanos = sent ? now - waitsSince : 0;
    metrics.firstByte(nanos);
    endpoint.load().answered(status, nanos, now);
    return nanos;
  }

  /** The head is one of HTTP. */
  void accepted(int status, long now) {
    if (trial != null) {
      trial.answered(status, now);
    }
  }

  /** Another attempt was faster. */
  void lost() {
    lost = true;
  }

  /**
   * It is over.
   *
   * @param why it did not end with a whole response; {@code null} when it did
   * @param status that of the response
   */
  void end(Flag why, int status) {
    endpoint.load().end();
    if (further) {
      endpoint.load().retries(-1);
    }
    if (trial != null) {
      judge(why);
    }
    if (lost) {
      metrics.lose();
    } else if (why == null) {
      metrics.end(status);
    } else {
      metrics.fail(why);
      if (!excused && isTheirs(why)) {
        endpoint.load().failed(lane.clock().now());
      }
    }
  }

  /** Whether the endpoint is to blame, and not the client or the gateway. */
  private static boolean isTheirs(Flag why) {
    return why == Flag.UH || why == Flag.UF || why == Flag.UP || why == Flag.UT;
  }

  private void judge(Flag why) {
    FailureRule.Kind kind = why == null || excused ? null : kind(why);
    if (kind == null) {
      trial.cancel();
    } else {
      trial.failed(kind, lane.clock().exact());
    }
  }

  /** How the endpoint has failed; {@code null} when it has not. */
  private FailureRule.Kind kind(Flag why) {
    return switch (why) {
      case UH -> FailureRule.Kind.CONNECT; // Nobody listens at the address of a bus.
      case UF -> connected ? FailureRule.Kind.RESET : FailureRule.Kind.CONNECT;
      case UT -> connected ? FailureRule.Kind.TIMEOUT : FailureRule.Kind.CONNECT;
      case UP -> FailureRule.Kind.INVALID;
      default -> null;
    };
  }
}
