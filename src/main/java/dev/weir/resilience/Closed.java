package dev.weir.resilience;

/** Lets calls through and counts them, until too many of them are bad. */
final class Closed extends Period {

  private final CircuitBreaker breaker;
  private final Window window;

  Closed(CircuitBreaker breaker, State state, long sequence, Window window) {
    super(state, sequence, 0);
    this.breaker = breaker;
    this.window = window;
  }

  @Override
  Permit acquire(long now) {
    return this;
  }

  @Override
  public void answered(boolean failed, long nanos, long now) {
    record(failed, breaker.isSlow(nanos), now);
  }

  @Override
  public void broke(long now) {
    record(true, false, now);
  }

  private void record(boolean failed, boolean slow, long now) {
    breaker.count(failed);
    Cause cause = window.record(failed, slow, now);
    if (cause != null && state == State.CLOSED) {
      breaker.open(this, cause, now);
    }
  }

  @Override
  Window.Numbers numbers(long now) {
    return window.numbers(now);
  }
}
