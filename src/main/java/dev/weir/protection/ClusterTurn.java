package dev.weir.protection;

import dev.weir.resilience.CircuitBreaker;
import dev.weir.resilience.Turn;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The turn of one breaker where one node tries for all. It asks for the claim when it is time,
 * again after a while when another node has it, and lets the breaker know when it is this node's.
 * Any thread may use it; none waits.
 */
final class ClusterTurn implements Turn {

  /** How long it waits before it asks again. */
  static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** An answer that comes later is of no use: the claim may be over before the trial is. */
  static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Claims claims;
  private final String key;
  private final long trialMillis;
  private final LongSupplier nanos;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final AtomicBoolean held = new AtomicBoolean();
  private volatile CircuitBreaker breaker;
  private volatile boolean waits;
  private volatile long next;

  /**
   * @param key names the breaker in the whole cluster
   * @param trialMillis how long a claim lives
   */
  ClusterTurn(Claims claims, String key, long trialMillis, LongSupplier nanos) {
    this.claims = claims;
    this.key = key;
    this.trialMillis = trialMillis;
    this.nanos = nanos;
  }

  /** Says whose turn it is. */
  void of(CircuitBreaker breaker) {
    this.breaker = breaker;
  }

  @Override
  public boolean isOurs(long now) {
    if (!claims.needed()) {
      return true;
    }
    if (mayAsk(now) && asking.compareAndSet(false, true)) {
      if (mayAsk(now)) { // Not what was true before the answer to another thread's question came.
        claims
            .take(key, trialMillis)
            .onComplete(ours -> answered(ours, now), failure -> answered(false, now));
      } else {
        asking.set(false);
      }
    }
    return false;
  }

  private boolean mayAsk(long now) {
    return !held.get() && !(waits && now - next < 0);
  }

  private void answered(boolean ours, long askedNanos) {
    long now = nanos.getAsLong();
    waits = true;
    next = now + RETRY_NANOS;
    boolean late = now - askedNanos > LATE_NANOS;
    held.set(ours && !late);
    asking.set(false);
    if (ours && late) {
      claims.release(key);
    } else if (ours && !breaker.begin(now)) {
      end(now); // It was closed, or forced, in the meantime.
    }
  }

  /** The trial, if there was one, is over: others may try. */
  void end(long now) {
    if (held.compareAndSet(true, false)) {
      waits = true;
      next = now + RETRY_NANOS;
      claims.release(key);
    }
  }
}
