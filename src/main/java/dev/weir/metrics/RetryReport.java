package dev.weir.metrics;

import static dev.weir.metrics.Points.count;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;

/** What retries, timeouts and limits show. For one collection. */
final class RetryReport {

  private final CounterSnapshot.Builder retries =
      Points.counter("weir_retries_total", "Further tries of requests, by reason.");
  private final CounterSnapshot.Builder refused =
      Points.counter("weir_retries_refused_total", "Tries that did not come about, by reason.");
  private final CounterSnapshot.Builder timeouts =
      Points.counter("weir_timeouts_total", "What took too long.");

  private final CounterSnapshot.Builder hedges =
      Points.counter("weir_hedges_total", "Requests to a second endpoint, by result.");
  private final CounterSnapshot.Builder limits =
      Points.counter("weir_limit_refused_total", "Attempts that overflowed a limit.");

  void limits(Map<String, long[]> sums) {
    sums.forEach(
        (name, cells) -> {
          for (int i = 0; i < LimitMetrics.LIMITS.size(); i++) {
            add(limits, cells[i], name, "limit", LimitMetrics.LIMITS.get(i));
          }
        });
  }

  void upstreams(Map<String, long[]> sums) {
    sums.forEach(
        (name, cells) -> {
          for (int i = 0; i < RetryMetrics.TROUBLES.size(); i++) {
            String reason = RetryMetrics.TROUBLES.get(i).label();
            add(retries, cells[RetryMetrics.RETRIES + i], name, "reason", reason);
          }
          for (int i = 0; i < RetryMetrics.REFUSALS.size(); i++) {
            String reason = RetryMetrics.REFUSALS.get(i);
            add(refused, cells[RetryMetrics.REFUSED + i], name, "reason", reason);
          }
          for (int i = 0; i < RetryMetrics.LATENESSES.size(); i++) {
            String kind = RetryMetrics.LATENESSES.get(i).label();
            add(timeouts, cells[RetryMetrics.LATE + i], name, "kind", kind);
          }
          for (int i = 0; i < RetryMetrics.HEDGE_RESULTS.size(); i++) {
            String result = RetryMetrics.HEDGE_RESULTS.get(i);
            add(hedges, cells[RetryMetrics.HEDGES + i], name, "result", result);
          }
        });
  }

  private static void add(
      CounterSnapshot.Builder out, long value, String upstream, String label, String name) {
    out.dataPoint(count(value, "upstream", upstream, label, name));
  }

  void build(MetricSnapshots.Builder out) {
    out.metricSnapshot(retries.build()).metricSnapshot(refused.build());
    out.metricSnapshot(timeouts.build()).metricSnapshot(limits.build());
    out.metricSnapshot(hedges.build());
  }
}
