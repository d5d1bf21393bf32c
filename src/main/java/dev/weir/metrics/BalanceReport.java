package dev.weir.metrics;

import static dev.weir.metrics.Points.count;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;

/** What balancing shows. For one collection. */
final class BalanceReport {

  private final CounterSnapshot.Builder picks =
      Points.counter("weir_balancer_picks_total", "Times an endpoint was picked.");
  private final CounterSnapshot.Builder shadowPicks =
      Points.counter(
          "weir_balancer_shadow_picks_total", "Times the shadow policy would have picked it.");
  private final CounterSnapshot.Builder none =
      Points.counter("weir_balancer_none_total", "Attempts for which there was no endpoint.");
  private final CounterSnapshot.Builder affinity =
      Points.counter("weir_balancer_affinity_total", "Clients that kept or got their endpoint.");
  private final CounterSnapshot.Builder remote =
      Points.counter("weir_balancer_remote_total", "Questions to a verticle that picks.");
  private final CounterSnapshot.Builder shadow =
      Points.counter("weir_balancer_shadow_total", "Decisions of the shadow policy.");
  private final GaugeSnapshot.Builder panic =
      Points.gauge("weir_balancer_panic", "1 while unhealthy endpoints are in use.");
  private final GaugeSnapshot.Builder imbalance =
      Points.gauge(
          "weir_balancer_imbalance",
          "Most picks of an endpoint for its weight, over the mean; 1 is even.");

  void picks(Map<EndpointKey, long[]> sums) {
    sums.forEach(
        (key, cells) -> {
          String[] labels = {"upstream", key.upstream(), "endpoint", key.endpoint()};
          picks.dataPoint(count(cells[PickMetrics.PICKS], labels));
          shadowPicks.dataPoint(count(cells[PickMetrics.SHADOW], labels));
        });
  }

  void upstreams(Map<String, long[]> sums) {
    sums.forEach(
        (name, cells) -> {
          results(none, "reason", BalancerMetrics.NONE_REASONS, cells, BalancerMetrics.NONE, name);
          results(
              affinity,
              "result",
              BalancerMetrics.AFFINITY_RESULTS,
              cells,
              BalancerMetrics.AFFINITY,
              name);
          results(
              remote,
              "result",
              BalancerMetrics.REMOTE_RESULTS,
              cells,
              BalancerMetrics.REMOTE,
              name);
          shadow(name, true, cells[BalancerMetrics.SHADOW_AGREED]);
          shadow(name, false, cells[BalancerMetrics.SHADOW_DISAGREED]);
          long panics = Math.min(1, cells[BalancerMetrics.PANIC]);
          panic.dataPoint(Points.level(panics, "upstream", name));
        });
  }

  private void shadow(String upstream, boolean agreed, long value) {
    shadow.dataPoint(count(value, "upstream", upstream, "agreed", Boolean.toString(agreed)));
  }

  private static void results(
      CounterSnapshot.Builder out,
      String label,
      List<String> names,
      long[] cells,
      int first,
      String upstream) {
    for (int i = 0; i < names.size(); i++) {
      out.dataPoint(count(cells[first + i], "upstream", upstream, label, names.get(i)));
    }
  }

  void imbalance(Map<String, Balance> balances) {
    balances.forEach(
        (name, balance) -> {
          imbalance.dataPoint(
              Points.ratio(balance.imbalance(), "upstream", name, "policy", "live"));
          if (balance.shadowed()) {
            imbalance.dataPoint(
                Points.ratio(balance.shadowImbalance(), "upstream", name, "policy", "shadow"));
          }
        });
  }

  void build(MetricSnapshots.Builder out) {
    out.metricSnapshot(picks.build()).metricSnapshot(shadowPicks.build());
    out.metricSnapshot(none.build()).metricSnapshot(affinity.build());
    out.metricSnapshot(remote.build()).metricSnapshot(shadow.build());
    out.metricSnapshot(panic.build()).metricSnapshot(imbalance.build());
  }
}
