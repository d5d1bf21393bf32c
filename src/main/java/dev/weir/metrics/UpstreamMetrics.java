package dev.weir.metrics;

/** What one lane counts of one upstream as a whole. */
final class UpstreamMetrics extends Cells {

  static final int FIRST_BYTE = 0;
  static final int ACQUIRE = Buckets.CELLS;

  UpstreamMetrics() {
    super(2 * Buckets.CELLS);
  }

  void acquired(long nanos) {
    addDuration(ACQUIRE, nanos);
  }

  void firstByte(long nanos) {
    addDuration(FIRST_BYTE, nanos);
  }
}
