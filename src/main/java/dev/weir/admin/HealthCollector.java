package dev.weir.admin;

import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/** Shows to Prometheus which endpoints work: {@code weir_endpoint_healthy{upstream,endpoint}}. */
final class HealthCollector implements Collector {

  private final Node node;

  HealthCollector(Node node) {
    this.node = node;
  }

  @Override
  public MetricSnapshot collect() {
    GaugeSnapshot.Builder out =
        GaugeSnapshot.builder()
            .name("weir_endpoint_healthy")
            .help("1 when the last word of the health role is that the endpoint works, else 0.");
    for (Upstream upstream : node.snapshot().upstreams().values()) {
      upstream.endpoints().forEach(endpoint -> out.dataPoint(point(endpoint)));
    }
    return out.build();
  }

  private static GaugeDataPointSnapshot point(Endpoint endpoint) {
    return GaugeDataPointSnapshot.builder()
        .value(endpoint.healthy() ? 1 : 0)
        .labels(Labels.of("upstream", endpoint.upstream(), "endpoint", endpoint.id()))
        .build();
  }
}
