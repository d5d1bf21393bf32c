package dev.weir.upstream;

import java.util.function.LongSupplier;

/**
 * A lane's coarse clock, in nanoseconds: it stands still between two sweeps. Deadlines are reckoned
 * from it, so that a chunk of a body costs no look at the real one.
 */
final class Clock {

  private final LongSupplier nanos;
  private long now;

  Clock(LongSupplier nanos) {
    this.nanos = nanos;
    tick();
  }

  /** Moves to the present. */
  void tick() {
    now = nanos.getAsLong();
  }

  /** The time of the last tick. */
  long now() {
    return now;
  }

  /** The present, exactly. */
  long exact() {
    return nanos.getAsLong();
  }
}
