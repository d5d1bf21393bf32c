package dev.weir.control;

import dev.weir.resilience.CircuitBreaker;
import dev.weir.resilience.State;

/** Brings a breaker into a state that an operator wants. */
final class Forcing implements LocalChange {

  private final CircuitBreaker breaker;
  private final State wanted;
  private final State before;

  Forcing(CircuitBreaker breaker, State wanted) {
    this.breaker = breaker;
    this.wanted = wanted;
    State now = breaker.state();
    before = isForced(now) ? now : State.CLOSED;
  }

  private static boolean isForced(State state) {
    return state == State.FORCED_OPEN || state == State.FORCED_CLOSED || state == State.DISABLED;
  }

  @Override
  public boolean isNews() {
    return wanted == State.CLOSED || breaker.state() != wanted;
  }

  @Override
  public boolean perform() {
    return breaker.force(wanted, System.nanoTime());
  }

  @Override
  public void takeBack() {
    State now = breaker.state();
    if (wanted == State.CLOSED ? !isForced(now) && isForced(before) : now == wanted) {
      breaker.force(before, System.nanoTime());
    }
  }
}
