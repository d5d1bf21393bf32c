package dev.weir.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows the numbers of a node in every Prometheus registry that stands behind a Micrometer
 * registry.
 *
 * <p>One collector is registered, which makes all series anew at each collection, rather than one
 * Micrometer meter for each series. Micrometer has no meter that shows a histogram that was counted
 * elsewhere as {@code _bucket} series, and its own timer takes several times as long for one
 * record. Besides, series come and go with the configuration without any registering.
 */
public final class PrometheusBinding implements AutoCloseable {

  private final GatewayCollector collector;
  private final List<PrometheusRegistry> registries = new ArrayList<>();

  private PrometheusBinding(GatewayMetrics metrics) {
    this.collector = new GatewayCollector(metrics);
  }

  /**
   * Shows the numbers until the result is closed.
   *
   * @param registry a Prometheus registry, or one that is composed of others; registries of other
   *     kinds are passed over
   */
  public static PrometheusBinding bind(GatewayMetrics metrics, MeterRegistry registry) {
    PrometheusBinding binding = new PrometheusBinding(metrics);
    binding.add(registry);
    return binding;
  }

  private void add(MeterRegistry registry) {
    if (registry instanceof PrometheusMeterRegistry prometheus) {
      prometheus.getPrometheusRegistry().register(collector);
      registries.add(prometheus.getPrometheusRegistry());
    } else if (registry instanceof CompositeMeterRegistry composite) {
      composite.getRegistries().forEach(this::add);
    }
  }

  /** Whether there was a Prometheus registry. */
  public boolean bound() {
    return !registries.isEmpty();
  }

  @Override
  public void close() {
    registries.forEach(registry -> registry.unregister(collector));
    registries.clear();
  }
}
