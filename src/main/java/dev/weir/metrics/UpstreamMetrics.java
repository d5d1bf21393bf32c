package dev.weir.metrics;

/** What one lane counts of one upstream as a whole. */
final class UpstreamMetrics extends Cells {

  static final int FIRST_BYTE = 0;

  UpstreamMetrics() {
    super(Buckets.CELLS);
  }

  void firstByte(long nanos) {
    addDuration(FIRST_BYTE, nanos);
  }
}
