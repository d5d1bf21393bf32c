package dev.weir.metrics;

import static dev.weir.metrics.Points.count;
import static dev.weir.metrics.Points.level;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;

/** What the client's side shows: routes, flags and listeners. For one collection. */
final class IngressReport {

  private final CounterSnapshot.Builder requests =
      Points.counter("weir_requests_total", "Exchanges that ended, by route and status class.");
  private final CounterSnapshot.Builder bytesIn =
      Points.counter("weir_request_bytes_total", "Bytes of request bodies.");
  private final CounterSnapshot.Builder bytesOut =
      Points.counter("weir_response_bytes_total", "Bytes of response bodies.");
  private final GaugeSnapshot.Builder inFlight =
      Points.gauge("weir_in_flight", "Exchanges under way.");
  private final HistogramSnapshot.Builder duration =
      HistogramSnapshot.builder()
          .name("weir_request_duration_seconds")
          .help("From the head of a request until the end of its exchange.");
  private final CounterSnapshot.Builder flags =
      Points.counter("weir_flags_total", "Exchanges that did not go as they should, by reason.");
  private final CounterSnapshot.Builder heads =
      Points.counter("weir_listener_requests_total", "Requests that arrived at a listener.");
  private final CounterSnapshot.Builder accepted =
      Points.counter("weir_listener_accepted_total", "Connections that a listener accepted.");
  private final GaugeSnapshot.Builder connections =
      Points.gauge("weir_listener_connections", "Open connections of clients.");

  void routes(Map<String, long[]> sums) {
    sums.forEach(
        (id, cells) -> {
          Points.statuses(requests, cells, RouteMetrics.STATUS, "route", id);
          bytesIn.dataPoint(count(cells[RouteMetrics.BYTES_IN], "route", id));
          bytesOut.dataPoint(count(cells[RouteMetrics.BYTES_OUT], "route", id));
          inFlight.dataPoint(level(cells[RouteMetrics.IN_FLIGHT], "route", id));
          duration.dataPoint(Points.histogram(cells, RouteMetrics.DURATION, "route", id));
        });
  }

  void flags(Map<String, long[]> sums) {
    long[] cells = sums.getOrDefault(LaneMetrics.NO_ROUTE, new long[LaneMetrics.FLAGS.size()]);
    for (int i = 0; i < cells.length; i++) {
      flags.dataPoint(count(cells[i], "flag", LaneMetrics.FLAGS.get(i).name()));
    }
  }

  void listeners(Map<String, long[]> sums) {
    sums.forEach(
        (name, cells) -> {
          heads.dataPoint(count(cells[ListenerMetrics.REQUESTS], "listener", name));
          accepted.dataPoint(count(cells[ListenerMetrics.ACCEPTED], "listener", name));
          connections.dataPoint(level(cells[ListenerMetrics.OPEN], "listener", name));
        });
  }

  void build(MetricSnapshots.Builder out) {
    out.metricSnapshot(requests.build()).metricSnapshot(bytesIn.build());
    out.metricSnapshot(bytesOut.build()).metricSnapshot(inFlight.build());
    out.metricSnapshot(duration.build()).metricSnapshot(flags.build());
    out.metricSnapshot(heads.build()).metricSnapshot(accepted.build());
    out.metricSnapshot(connections.build());
  }
}
