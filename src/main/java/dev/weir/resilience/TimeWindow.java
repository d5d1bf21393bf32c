package dev.weir.resilience;

import dev.weir.config.CircuitBreakerConfig;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The calls of the last seconds, counted in tenths of the window: it holds the tenth under way and
 * the nine before. Recording takes constant time, looking at a failure adds ten numbers up.
 */
final class TimeWindow implements Window {

  static final int PARTS = 10;

  private static final int WHOLE = 100;

  /*
   * A part is used for one stretch of time only. Whoever comes first in a new stretch puts a new
   * part in the place of the one that is ten stretches old; a recorder that still holds the old one
   * counts where nobody looks any longer, as if its call had ended ten stretches ago.
   */
  private static final class Part {
    final long stretch;
    final AtomicLong calls = new AtomicLong();

    /** Failures in the lower half, slow calls in the upper half. */
    final AtomicLong bad = new AtomicLong();

    Part(long stretch) {
      this.stretch = stretch;
    }
  }

  private final AtomicReferenceArray<Part> parts = new AtomicReferenceArray<>(PARTS);
  private final long start;
  private final long partNanos;
  private final int minimumCalls;
  private final int failurePercent;
  private final int slowPercent;

  TimeWindow(CircuitBreakerConfig config, long now) {
    start = now;
    partNanos = TimeUnit.MILLISECONDS.toNanos(config.windowMillis()) / PARTS;
    minimumCalls = config.minimumCalls();
    failurePercent = config.failurePercent();
    slowPercent = config.slowPercent();
  }

  @Override
  public Cause record(boolean failed, boolean slow, long now) {
    long stretch = stretch(now);
    Part part = part(stretch);
    if (failed || slow) {
      part.bad.getAndAdd((failed ? 1 : 0) + (slow ? 1L << 32 : 0));
    }
    part.calls.getAndIncrement();
    return failed || slow ? cause(stretch) : null;
  }

  /** Clocks of lanes may lag behind a little. */
  private long stretch(long now) {
    return Math.max(0, now - start) / partNanos;
  }

  /** The part of a stretch, or the one that has taken its place already. */
  private Part part(long stretch) {
    int slot = (int) (stretch % PARTS);
    Part part = parts.get(slot);
    while (part == null || part.stretch < stretch) {
      Part fresh = new Part(stretch);
      Part found = parts.compareAndExchange(slot, part, fresh);
      part = found == part ? fresh : found;
    }
    return part;
  }

  private Cause cause(long stretch) {
    Numbers numbers = sum(stretch);
    long calls = numbers.calls();
    if (calls < minimumCalls) {
      return null;
    }
    if ((long) numbers.failures() * WHOLE >= calls * failurePercent) {
      return Cause.FAILURES;
    }
    return (long) numbers.slow() * WHOLE >= calls * slowPercent ? Cause.SLOW_CALLS : null;
  }

  private Numbers sum(long stretch) {
    long calls = 0;
    long bad = 0;
    for (int i = 0; i < PARTS; i++) {
      Part part = parts.get(i);
      if (part != null && part.stretch > stretch - PARTS) {
        calls += part.calls.get();
        bad += part.bad.get();
      }
    }
    int failures = (int) bad;
    return new Numbers((int) calls, failures, (int) (bad - failures >> 32));
  }

  @Override
  public Numbers numbers(long now) {
    return sum(stretch(now));
  }
}
