package dev.weir.resilience;

/** The time between two changes of a circuit breaker's state, in which it behaves in one way. */
abstract class Period extends Permit {

  final State state;

  /** Which change it began with. */
  final long sequence;

  /** How often the breaker has opened since it was closed for the last time. */
  final int openings;

  Period(State state, long sequence, int openings) {
    this.state = state;
    this.sequence = sequence;
    this.openings = openings;
  }

  @Override
  Permit again(long now) {
    return acquire(now);
  }

  /** What its window holds, or what its trials have come to. */
  Window.Numbers numbers(long now) {
    return Window.Numbers.NONE;
  }

  /** For how long it refuses calls from now on; 0 when it does not, or without end. */
  long refusesNanos(long now) {
    return 0;
  }

  @Override
  public void answered(boolean failed, long nanos, long now) {}

  @Override
  public void broke(long now) {}

  @Override
  public void cancel() {}

  /** Lets every call through; no other one follows. */
  static final class Ended extends Period {

    Ended(long sequence) {
      super(State.CLOSED, sequence, 0);
    }

    @Override
    Permit acquire(long now) {
      return this;
    }
  }

  /** Lets every call through, or none, and takes no notice of results. */
  static final class Fixed extends Period {

    Fixed(State state, long sequence) {
      super(state, sequence, 0);
    }

    @Override
    Permit acquire(long now) {
      return state == State.FORCED_OPEN ? null : this;
    }
  }
}
