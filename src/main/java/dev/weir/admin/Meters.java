package dev.weir.admin;

import dev.weir.metrics.GatewayMetrics;
import dev.weir.metrics.PrometheusBinding;
import dev.weir.node.Node;
import dev.weir.protection.Protection;
import dev.weir.protection.ProtectionCollector;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** What one Prometheus registry shows of the gateway and of the JVM, until it is closed. */
final class Meters implements AutoCloseable {

  private final PrometheusMeterRegistry registry;
  private final PrometheusBinding binding;
  private final List<HealthCollector> health;
  private final ProtectionCollector guards;
  private final JvmGcMetrics gc = new JvmGcMetrics();

  Meters(Node node, Protection protection, PrometheusMeterRegistry registry) {
    this.registry = registry;
    binding = PrometheusBinding.bind(GatewayMetrics.of(node), registry);
    health =
        List.of(
            HealthCollector.healthy(node),
            HealthCollector.degraded(node),
            HealthCollector.announced(node));
    health.forEach(registry.getPrometheusRegistry()::register);
    guards = new ProtectionCollector(protection);
    registry.getPrometheusRegistry().register(guards);
    bindJvm();
  }

  private void bindJvm() {
    gc.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    binding.close();
    health.forEach(registry.getPrometheusRegistry()::unregister);
    registry.getPrometheusRegistry().unregister(guards);
  }
}
