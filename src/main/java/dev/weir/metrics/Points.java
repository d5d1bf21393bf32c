package dev.weir.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;

/** Makes the points of Prometheus' metrics. */
final class Points {

  private static final double[] BOUNDS = Buckets.boundsSeconds();

  private static final String TOTAL = "_total";

  private Points() {}

  /**
   * @param name with its suffix {@code _total}, which Prometheus' library wants to add itself
   */
  static CounterSnapshot.Builder counter(String name, String help) {
    if (!name.endsWith(TOTAL)) {
      throw new IllegalArgumentException("name: " + name + " (expected: ends in " + TOTAL + ")");
    }
    String stem = name.substring(0, name.length() - TOTAL.length());
    return CounterSnapshot.builder().name(stem).help(help);
  }

  static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  /**
   * @param labels names and values in turn
   */
  static CounterDataPointSnapshot count(long value, String... labels) {
    return CounterDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build();
  }

  static GaugeDataPointSnapshot level(long value, String... labels) {
    return GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build();
  }

  static GaugeDataPointSnapshot ratio(double value, String... labels) {
    return GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build();
  }

  /** Adds one point for each status class. */
  static void statuses(CounterSnapshot.Builder out, long[] cells, int first, String... labels) {
    for (int i = 0; i < StatusClass.COUNT; i++) {
      Labels all = Labels.of(labels).add("status_class", StatusClass.name(i));
      out.dataPoint(CounterDataPointSnapshot.builder().value(cells[first + i]).labels(all).build());
    }
  }

  static HistogramDataPointSnapshot histogram(long[] cells, int first, String... labels) {
    long[] counts = Arrays.copyOfRange(cells, first + Buckets.FIRST, first + Buckets.CELLS);
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, counts))
        .sum(Buckets.seconds(cells[first + Buckets.SUM]))
        .labels(Labels.of(labels))
        .build();
  }
}
