package dev.weir.node;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long an endpoint takes to answer, with more weight on what is recent and on what is bad: a
 * slower answer than the average becomes the average at once, a faster one moves it by what the
 * time since the last answer allows. Without answers the average decays, so that an endpoint that
 * was slow is asked again. This is the peak-sensitive moving average of Finagle's {@code PeakEwma}.
 *
 * <p>Any thread may use it.
 */
public final class Latency {

  /** After this long without an answer, a third of the average is left. */
  public static final long DECAY_NANOS = 10_000_000_000L;

  /** About a millisecond: the unit of the time stamp. */
  private static final int TICK_SHIFT = 20;

  private static final float DECAY_TICKS = DECAY_NANOS >>> TICK_SHIFT;

  /*
   * One word holds both parts, so that they change together without a lock: the average in
   * nanoseconds as a float above, the time stamp in ticks below. The stamp wraps every 52 days; an
   * endpoint that was silent for half of that looks as if it had just answered, once.
   */
  private final AtomicLong state = new AtomicLong();

  /**
   * Takes one answer in.
   *
   * @param nanos how long it took
   * @param now the time in nanoseconds, from the same clock as for {@link #nanos}
   */
  public void observe(long nanos, long now) {
    long seen;
    do {
      seen = state.get();
    } while (!state.weakCompareAndSetVolatile(seen, next(seen, nanos, now)));
  }

  private static long next(long seen, long nanos, long now) {
    float average = average(seen);
    float kept = average * remaining(seen, now);
    float share = average == 0 ? 0 : kept / average;
    float next = nanos >= average ? nanos : kept + nanos * (1 - share);
    return (long) Float.floatToRawIntBits(next) << 32 | ticks(now) & 0xFFFF_FFFFL;
  }

  /**
   * The average.
   *
   * @param now the time in nanoseconds
   * @return nanoseconds; 0 before the first answer
   */
  public float nanos(long now) {
    long seen = state.get();
    return average(seen) * remaining(seen, now);
  }

  private static float average(long state) {
    return Float.intBitsToFloat((int) (state >>> 32));
  }

  /** Close to {@code exp(-age / decay)}, from below 1 down to 0, for a few instructions. */
  private static float remaining(long state, long now) {
    float age = Math.max(0, ticks(now) - (int) state) / DECAY_TICKS;
    return 1 / (1 + age + age * age / 2);
  }

  private static int ticks(long now) {
    return (int) (now >> TICK_SHIFT);
  }
}
