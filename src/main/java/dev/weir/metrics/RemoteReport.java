package dev.weir.metrics;

import static dev.weir.metrics.Points.count;
import static dev.weir.metrics.Points.level;

import dev.weir.metrics.RemoteMetrics.Result;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;

/** What shows of exchanges that cross nodes. For one collection. */
final class RemoteReport {

  private final GaugeSnapshot.Builder inFlight =
      Points.gauge("weir_remote_in_flight", "Exchanges under way between nodes, by side.");
  private final CounterSnapshot.Builder exchanges =
      Points.counter("weir_remote_exchanges_total", "Exchanges between nodes, by side and result.");
  private final CounterSnapshot.Builder bytes =
      Points.counter("weir_remote_bytes_total", "Bytes of bodies that crossed, by side and kind.");
  private final CounterSnapshot.Builder refused =
      Points.counter("weir_remote_refused_frames_total", "Messages from nodes that were refused.");

  RemoteReport(Map<String, long[]> sums) {
    sums.forEach(this::side);
  }

  private void side(String side, long[] cells) {
    inFlight.dataPoint(level(cells[RemoteMetrics.IN_FLIGHT], "side", side));
    for (Result result : Result.values()) {
      long value = cells[RemoteMetrics.RESULTS + result.ordinal()];
      exchanges.dataPoint(count(value, "side", side, "result", result.label()));
    }
    bytes(cells[RemoteMetrics.REQUEST_BYTES], side, "request");
    bytes(cells[RemoteMetrics.RESPONSE_BYTES], side, "response");
    refused.dataPoint(count(cells[RemoteMetrics.REFUSED_FRAMES], "side", side));
  }

  private void bytes(long value, String side, String body) {
    bytes.dataPoint(count(value, "side", side, "body", body));
  }

  void build(MetricSnapshots.Builder out) {
    out.metricSnapshot(inFlight.build()).metricSnapshot(exchanges.build());
    out.metricSnapshot(bytes.build()).metricSnapshot(refused.build());
  }
}
