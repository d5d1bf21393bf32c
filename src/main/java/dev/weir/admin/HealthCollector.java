package dev.weir.admin;

import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.Predicate;

/** Shows to Prometheus what is the case of each endpoint: {@code name{upstream,endpoint}}. */
final class HealthCollector implements Collector {

  private final Node node;
  private final String name;
  private final String help;
  private final Predicate<Endpoint> holds;

  private HealthCollector(Node node, String name, String help, Predicate<Endpoint> holds) {
    this.node = node;
    this.name = name;
    this.help = help;
    this.holds = holds;
  }

  static HealthCollector healthy(Node node) {
    String help = "1 when the last word of the health role is that the endpoint works, else 0.";
    return new HealthCollector(node, "weir_endpoint_healthy", help, Endpoint::healthy);
  }

  static HealthCollector degraded(Node node) {
    String help = "1 when the endpoint calls itself degraded, else 0.";
    return new HealthCollector(node, "weir_endpoint_degraded", help, Endpoint::degraded);
  }

  static HealthCollector announced(Node node) {
    String help = "1 when the endpoint has announced itself, 0 when it is configured.";
    return new HealthCollector(node, "weir_endpoint_announced", help, Endpoint::announced);
  }

  @Override
  public MetricSnapshot collect() {
    GaugeSnapshot.Builder out = GaugeSnapshot.builder().name(name).help(help);
    for (Upstream upstream : node.snapshot().upstreams().values()) {
      upstream.endpoints().forEach(endpoint -> out.dataPoint(point(endpoint)));
    }
    return out.build();
  }

  private GaugeDataPointSnapshot point(Endpoint endpoint) {
    return GaugeDataPointSnapshot.builder()
        .value(holds.test(endpoint) ? 1 : 0)
        .labels(Labels.of("upstream", endpoint.upstream(), "endpoint", endpoint.id()))
        .build();
  }
}
