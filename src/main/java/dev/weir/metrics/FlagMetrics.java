package dev.weir.metrics;

/** What one lane counts of each flag. */
final class FlagMetrics extends Cells {

  FlagMetrics() {
    super(LaneMetrics.FLAGS.size());
  }
}
