package dev.weir.resilience;

/** Refuses calls until a point in time. */
final class Open extends Period {

  private final CircuitBreaker breaker;
  private final long until;

  Open(CircuitBreaker breaker, long sequence, int openings, long until) {
    super(State.OPEN, sequence, openings);
    this.breaker = breaker;
    this.until = until;
  }

  boolean isDue(long now) {
    return now - until >= 0;
  }

  @Override
  Permit acquire(long now) {
    if (isDue(now)) {
      breaker.due(this, now);
    }
    return null;
  }

  @Override
  long refusesNanos(long now) {
    return Math.max(0, until - now);
  }
}
