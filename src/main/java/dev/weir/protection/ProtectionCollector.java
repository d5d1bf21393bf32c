package dev.weir.protection;

import dev.weir.resilience.OutlierDetector;
import dev.weir.resilience.Reason;
import dev.weir.resilience.State;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** Shows to Prometheus what breakers and detectors do. */
public final class ProtectionCollector implements MultiCollector {

  private final Protection protection;

  public ProtectionCollector(Protection protection) {
    this.protection = protection;
  }

  @Override
  public MetricSnapshots collect() {
    Report report = new Report();
    for (Guard guard : protection.guards()) {
      guard.breakers().forEach(report::add);
      if (guard.detector() != null) {
        report.add(guard.upstream(), guard.detector());
      }
    }
    return report.build();
  }

  /** For one collection. */
  private static final class Report {

    private final GaugeSnapshot.Builder state =
        gauge("weir_breaker_state", "1 for the state that a circuit breaker is in, else 0.");
    private final CounterSnapshot.Builder transitions =
        counter("weir_breaker_transitions_total", "Times a circuit breaker came into a state.");
    private final CounterSnapshot.Builder refused =
        counter("weir_breaker_refused_total", "Attempts that a circuit breaker refused.");
    private final CounterSnapshot.Builder detections =
        counter("weir_outlier_detections_total", "Times something spoke against an endpoint.");
    private final CounterSnapshot.Builder ejections =
        counter("weir_outlier_ejections_total", "Times an endpoint was ejected.");
    private final CounterSnapshot.Builder overflows =
        counter("weir_outlier_overflows_total", "Ejections that would have been too many.");
    private final GaugeSnapshot.Builder ejected =
        gauge("weir_outlier_ejected", "Endpoints that are ejected.");

    void add(BreakerView view) {
      String endpoint = view.endpoint() == null ? "" : view.endpoint();
      for (State each : State.values()) {
        Labels labels =
            Labels.of("upstream", view.upstream(), "endpoint", endpoint, "state", each.name());
        state.dataPoint(point(view.breaker().state() == each ? 1 : 0, labels));
        transitions.dataPoint(count(view.breaker().transitions(each), labels));
      }
      Labels labels = Labels.of("upstream", view.upstream(), "endpoint", endpoint);
      refused.dataPoint(count(view.breaker().refused(), labels));
    }

    void add(String upstream, OutlierDetector<?> detector) {
      for (Reason reason : Reason.values()) {
        Labels labels = Labels.of("upstream", upstream, "reason", Announcer.word(reason));
        detections.dataPoint(count(detector.detections(reason), labels));
        ejections.dataPoint(count(detector.ejections(reason), labels));
      }
      overflows.dataPoint(count(detector.overflows(), Labels.of("upstream", upstream)));
      ejected.dataPoint(point(detector.ejected(), Labels.of("upstream", upstream)));
    }

    MetricSnapshots build() {
      return MetricSnapshots.builder()
          .metricSnapshot(state.build())
          .metricSnapshot(transitions.build())
          .metricSnapshot(refused.build())
          .metricSnapshot(detections.build())
          .metricSnapshot(ejections.build())
          .metricSnapshot(overflows.build())
          .metricSnapshot(ejected.build())
          .build();
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
      return GaugeSnapshot.builder().name(name).help(help);
    }

    private static CounterSnapshot.Builder counter(String name, String help) {
      String base = name.substring(0, name.length() - "_total".length());
      return CounterSnapshot.builder().name(base).help(help);
    }

    private static GaugeDataPointSnapshot point(double value, Labels labels) {
      return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }

    private static CounterDataPointSnapshot count(double value, Labels labels) {
      return CounterDataPointSnapshot.builder().value(value).labels(labels).build();
    }
  }
}
