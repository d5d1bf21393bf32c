package dev.weir.upstream;

import java.util.Arrays;

/**
 * How long an upstream took to answer lately, as one lane saw it. Two generations of counts, by
 * powers of two in four parts each: a percentile is at most a fifth too high. For one thread.
 */
final class FirstBytes {

  /** How many times make a generation; the one before it counts as well. */
  static final int GENERATION = 1000;

  /** Below that many times nothing is said. */
  static final int FEWEST = 50;

  private static final int PARTS_SHIFT = 2;
  private static final int PARTS = 1 << PARTS_SHIFT;
  private static final int BUCKETS = Long.SIZE << PARTS_SHIFT;
  private static final int WHOLE = 100;

  private int[] counts = new int[BUCKETS];
  private int[] before = new int[BUCKETS];
  private int size;
  private int sizeBefore;

  void add(long nanos) {
    if (size == GENERATION) {
      int[] oldest = before;
      before = counts;
      sizeBefore = size;
      Arrays.fill(oldest, 0);
      counts = oldest;
      size = 0;
    }
    counts[bucket(Math.max(PARTS, nanos))]++;
    size++;
  }

  private static int bucket(long nanos) {
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    int part = (int) (nanos >>> exponent - PARTS_SHIFT) & PARTS - 1;
    return (exponent << PARTS_SHIFT) + part;
  }

  /** The time in nanoseconds in which so many percent had their answer; -1 when too few had one. */
  long percentile(int percent) {
    int all = size + sizeBefore;
    if (all < FEWEST) {
      return -1;
    }
    long rank = ((long) all * percent + WHOLE - 1) / WHOLE;
    int bucket = 0;
    long below = counts[0] + before[0];
    while (below < rank) {
      bucket++;
      below += counts[bucket] + before[bucket];
    }
    return bound(bucket);
  }

  /** The least number beyond a bucket. */
  private static long bound(int bucket) {
    int exponent = bucket >> PARTS_SHIFT;
    long part = (bucket & PARTS - 1) + 1;
    return (1L << exponent) + (part << exponent - PARTS_SHIFT);
  }
}
