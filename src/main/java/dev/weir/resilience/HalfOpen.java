package dev.weir.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets as many calls through as must succeed. The first failure opens the breaker again; a call
 * that is given up makes room for another.
 */
final class HalfOpen extends Period {

  private static final int LENT = 1;
  private static final int SUCCEEDED = 1 << 16;
  private static final int HALF = SUCCEEDED - 1;

  /*
   * Both counts are one word, so that nothing is lent when what is lent and what has succeeded
   * come to the number of trials. Who lends looks afterwards whether the period is still in force:
   * a permit that is valid was lent before the period ended.
   */
  private final AtomicInteger trials = new AtomicInteger();

  private final AtomicInteger bad = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger slow = new AtomicInteger();
  private final CircuitBreaker breaker;
  private final int threshold;
  private final long until;

  /**
   * @param threshold how many calls must succeed
   * @param until when it is another one's turn to try, if there are others
   */
  HalfOpen(CircuitBreaker breaker, long sequence, int openings, int threshold, long until) {
    super(State.HALF_OPEN, sequence, openings);
    this.breaker = breaker;
    this.threshold = threshold;
    this.until = until;
  }

  boolean isOver(long now) {
    return now - until >= 0;
  }

  @Override
  Permit acquire(long now) {
    int seen;
    do {
      seen = trials.get();
      if ((seen & HALF) + (seen >>> 16) >= threshold) {
        return null;
      }
    } while (!trials.weakCompareAndSetVolatile(seen, seen + LENT));
    return breaker.isIn(this) ? this : null;
  }

  /** Whether there is room or not: it lets no call through, and keeps others from being let. */
  @Override
  Permit again(long now) {
    trials.addAndGet(LENT);
    return breaker.isIn(this) ? this : null;
  }

  @Override
  public void answered(boolean failed, long nanos, long now) {
    breaker.count(failed);
    boolean late = breaker.isSlow(nanos);
    if (failed || late) {
      fail(failed, late, now);
    } else if (trials.addAndGet(SUCCEEDED - LENT) >>> 16 == threshold) {
      breaker.close(this, now);
    }
  }

  @Override
  public void broke(long now) {
    fail(true, false, now);
  }

  private void fail(boolean failed, boolean late, long now) {
    bad.incrementAndGet();
    failures.addAndGet(failed ? 1 : 0);
    slow.addAndGet(late ? 1 : 0);
    breaker.open(this, Cause.TRIAL_FAILED, now);
  }

  @Override
  public void cancel() {
    trials.addAndGet(-LENT);
  }

  /** The trials that have come to an end. */
  @Override
  Window.Numbers numbers(long now) {
    return new Window.Numbers((trials.get() >>> 16) + bad.get(), failures.get(), slow.get());
  }
}
