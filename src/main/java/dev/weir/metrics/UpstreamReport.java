package dev.weir.metrics;

import static dev.weir.metrics.Points.count;
import static dev.weir.metrics.Points.level;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;

/** What the services' side shows: attempts, first bytes and pools. For one collection. */
final class UpstreamReport {

  private final CounterSnapshot.Builder requests =
      Points.counter("weir_upstream_requests_total", "Attempts that ended with a response.");
  private final CounterSnapshot.Builder failures =
      Points.counter("weir_upstream_failures_total", "Attempts that ended without, by reason.");
  private final GaugeSnapshot.Builder inFlight =
      Points.gauge("weir_upstream_in_flight", "Attempts under way.");
  private final HistogramSnapshot.Builder firstByte =
      HistogramSnapshot.builder()
          .name("weir_upstream_first_byte_seconds")
          .help("From the end of the request until the head of the response.");
  private final GaugeSnapshot.Builder connections =
      Points.gauge("weir_pool_connections", "Open connections to endpoints, by state.");
  private final GaugeSnapshot.Builder pending =
      Points.gauge("weir_pool_pending", "Attempts that wait for a connection.");
  private final CounterSnapshot.Builder opened =
      Points.counter("weir_pool_opened_total", "Connections that were made.");
  private final CounterSnapshot.Builder reused =
      Points.counter("weir_pool_reused_total", "Times a connection was lent again.");

  private final CounterSnapshot.Builder closed =
      Points.counter("weir_pool_closed_total", "Connections that were closed, by reason.");
  private final GaugeSnapshot.Builder reuse =
      Points.gauge("weir_pool_reuse_ratio", "Lendings of open connections among all, 0 to 1.");
  private final HistogramSnapshot.Builder acquire =
      HistogramSnapshot.builder()
          .name("weir_pool_acquire_seconds")
          .help("From the pick of an endpoint until the attempt has a connection.");

  void endpoints(Map<EndpointKey, long[]> sums) {
    sums.forEach(
        (key, cells) -> {
          String[] labels = labels(key);
          Points.statuses(requests, cells, EndpointMetrics.STATUS, labels);
          inFlight.dataPoint(level(cells[EndpointMetrics.IN_FLIGHT], labels));
          failures(key, cells);
        });
  }

  private void failures(EndpointKey key, long[] cells) {
    for (int i = 0; i < LaneMetrics.FLAGS.size(); i++) {
      long value = cells[EndpointMetrics.FAILURES + i];
      if (value > 0) {
        String flag = LaneMetrics.FLAGS.get(i).name();
        failures.dataPoint(
            count(value, "upstream", key.upstream(), "endpoint", key.endpoint(), "flag", flag));
      }
    }
  }

  void upstreams(Map<String, long[]> sums) {
    sums.forEach(
        (name, cells) ->
            firstByte.dataPoint(
                Points.histogram(cells, UpstreamMetrics.FIRST_BYTE, "upstream", name)));
    sums.forEach(
        (name, cells) ->
            acquire.dataPoint(Points.histogram(cells, UpstreamMetrics.ACQUIRE, "upstream", name)));
  }

  void pools(Map<EndpointKey, long[]> sums) {
    sums.forEach(
        (key, cells) -> {
          String[] labels = labels(key);
          long idle = cells[PoolMetrics.IDLE];
          state(key, "idle", idle);
          state(key, "busy", cells[PoolMetrics.OPEN] - idle);
          pending.dataPoint(level(cells[PoolMetrics.PENDING], labels));
          opened.dataPoint(count(cells[PoolMetrics.OPENED], labels));
          reused.dataPoint(count(cells[PoolMetrics.REUSED], labels));
          closed(key, cells);
          reuse(key, cells[PoolMetrics.REUSED], cells[PoolMetrics.OPENED]);
        });
  }

  private void reuse(EndpointKey key, long reused, long opened) {
    double ratio = reused + opened == 0 ? 0 : (double) reused / (reused + opened);
    reuse.dataPoint(Points.ratio(ratio, "upstream", key.upstream(), "endpoint", key.endpoint()));
  }

  private void closed(EndpointKey key, long[] cells) {
    for (CloseReason reason : PoolMetrics.REASONS) {
      long value = cells[PoolMetrics.CLOSED + reason.ordinal()];
      closed.dataPoint(
          count(
              value,
              "upstream",
              key.upstream(),
              "endpoint",
              key.endpoint(),
              "reason",
              reason.label()));
    }
  }

  private void state(EndpointKey key, String state, long value) {
    connections.dataPoint(
        level(value, "upstream", key.upstream(), "endpoint", key.endpoint(), "state", state));
  }

  private static String[] labels(EndpointKey key) {
    return new String[] {"upstream", key.upstream(), "endpoint", key.endpoint()};
  }

  void build(MetricSnapshots.Builder out) {
    out.metricSnapshot(requests.build()).metricSnapshot(failures.build());
    out.metricSnapshot(inFlight.build()).metricSnapshot(firstByte.build());
    out.metricSnapshot(connections.build()).metricSnapshot(pending.build());
    out.metricSnapshot(opened.build()).metricSnapshot(reused.build());
    out.metricSnapshot(closed.build()).metricSnapshot(acquire.build());
    out.metricSnapshot(reuse.build());
  }
}
