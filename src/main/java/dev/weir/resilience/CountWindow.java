package dev.weir.resilience;

import dev.weir.config.CircuitBreakerConfig;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The last calls, whenever they were: a ring whose totals are kept up to date by taking out what a
 * new result replaces. Recording and reading take constant time.
 */
final class CountWindow implements Window {

  private static final int CALLED = 1;
  private static final int FAILED = 2;
  private static final int SLOW = 4;
  private static final int WHOLE = 100;

  /*
   * A recorder takes a slot of the ring, swaps its result in, and adds the difference to the totals.
   * Each step is atomic and every result is taken out by exactly the one that swaps it, so the
   * totals are the sums of the slots whenever no recorder is between its steps. In between they are
   * off by those recorders alone: as if their calls had ended a moment later, which is benign.
   */
  private final int size;
  private final int failureThreshold;
  private final int slowThreshold;
  private final AtomicIntegerArray slots;
  private final AtomicInteger next = new AtomicInteger();

  /** Failures in the lower half, slow calls in the upper half. */
  private final AtomicLong totals = new AtomicLong();

  CountWindow(CircuitBreakerConfig config) {
    size = config.windowSize();
    failureThreshold = config.failureThreshold();
    slowThreshold = (size * config.slowPercent() + WHOLE - 1) / WHOLE;
    slots = new AtomicIntegerArray(size);
  }

  @Override
  public Cause record(boolean failed, boolean slow, long now) {
    int result = CALLED | (failed ? FAILED : 0) | (slow ? SLOW : 0);
    int replaced = slots.getAndSet(take(), result);
    long change = weight(result) - weight(replaced);
    if (change != 0) {
      totals.getAndAdd(change);
    }
    return result == CALLED ? null : cause();
  }

  private int take() {
    int slot;
    int following;
    do {
      slot = next.get();
      following = slot + 1 == size ? 0 : slot + 1;
    } while (!next.weakCompareAndSetVolatile(slot, following));
    return slot;
  }

  private static long weight(int result) {
    return ((result & FAILED) == 0 ? 0 : 1) + ((result & SLOW) == 0 ? 0 : 1L << 32);
  }

  private Cause cause() {
    long sums = totals.get();
    if (failures(sums) >= failureThreshold) {
      return Cause.FAILURES;
    }
    return slow(sums) >= slowThreshold && isFull() ? Cause.SLOW_CALLS : null;
  }

  /** The last slot is filled last. */
  private boolean isFull() {
    return slots.get(size - 1) != 0;
  }

  private static int failures(long sums) {
    return (int) sums;
  }

  private static int slow(long sums) {
    return (int) (sums - failures(sums) >> 32);
  }

  @Override
  public Numbers numbers(long now) {
    long sums = totals.get();
    return new Numbers(isFull() ? size : next.get(), failures(sums), slow(sums));
  }
}
