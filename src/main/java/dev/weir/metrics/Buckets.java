package dev.weir.metrics;

import java.util.concurrent.TimeUnit;

/**
 * How durations are sorted: half a millisecond, then 1, 2 and 5 of each power of ten, up to a
 * minute. A histogram takes one cell for the sum in nanoseconds, one a bucket, and one for what is
 * longer.
 */
final class Buckets {

  /** Upper bounds in microseconds, included in their bucket. */
  private static final long[] BOUNDS_MICROS = {
    500,
    1_000,
    2_000,
    5_000,
    10_000,
    20_000,
    50_000,
    100_000,
    200_000,
    500_000,
    1_000_000,
    2_000_000,
    5_000_000,
    10_000_000,
    20_000_000,
    60_000_000
  };

  private static final long[] BOUNDS_NANOS = scaled(TimeUnit.MICROSECONDS.toNanos(1));

  private static final double MICROS_PER_SECOND = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /** How many buckets there are, with the one for what is longer than every bound. */
  static final int COUNT = BOUNDS_MICROS.length + 1;

  /** The cell of the sum, before the buckets. */
  static final int SUM = 0;

  /** The cell of the first bucket. */
  static final int FIRST = SUM + 1;

  /** How many cells a histogram takes. */
  static final int CELLS = FIRST + COUNT;

  private Buckets() {}

  private static long[] scaled(long factor) {
    long[] result = BOUNDS_MICROS.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] *= factor;
    }
    return result;
  }

  /** The bucket of a duration; most requests take few comparisons. */
  static int of(long nanos) {
    int bucket = 0;
    while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  /** The upper bounds in seconds; the last one is infinite. */
  static double[] boundsSeconds() {
    double[] result = new double[COUNT];
    for (int i = 0; i < BOUNDS_MICROS.length; i++) {
      result[i] = BOUNDS_MICROS[i] / MICROS_PER_SECOND;
    }
    result[COUNT - 1] = Double.POSITIVE_INFINITY;
    return result;
  }

  static double seconds(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }
}
