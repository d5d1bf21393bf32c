package dev.weir.admin;

import dev.weir.accesslog.AccessLog;
import dev.weir.cluster.Mesh;
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
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.micrometer.backends.BackendRegistries;

/**
 * The numbers of this node for Prometheus: those of the gateway and of the JVM, and those of Vert.x
 * where its own metrics are on and go to Prometheus.
 */
final class Exposition {

  private final Vertx vertx;
  private final boolean own;
  private final PrometheusMeterRegistry registry;
  private final PrometheusBinding binding;
  private final HealthCollector healthy;
  private final HealthCollector degraded;
  private final HealthCollector announced;
  private final ProtectionCollector protection;
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private Future<String> scrape;

  Exposition(Vertx vertx, Node node) {
    this.vertx = vertx;
    own = !(BackendRegistries.getDefaultNow() instanceof PrometheusMeterRegistry);
    registry =
        own
            ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)
            : (PrometheusMeterRegistry) BackendRegistries.getDefaultNow();
    GatewayMetrics metrics = GatewayMetrics.of(node);
    binding = PrometheusBinding.bind(metrics, registry);
    healthy = HealthCollector.healthy(node);
    registry.getPrometheusRegistry().register(healthy);
    degraded = HealthCollector.degraded(node);
    announced = HealthCollector.announced(node);
    registry.getPrometheusRegistry().register(degraded);
    registry.getPrometheusRegistry().register(announced);
    protection = new ProtectionCollector(Protection.of(vertx, node));
    registry.getPrometheusRegistry().register(protection);
    add(metrics, node, Mesh.of(vertx, node));
    bindJvm();
  }

  private static void add(GatewayMetrics metrics, Node node, Mesh mesh) {
    AccessLog log = node.accessLog();
    metrics.counter("weir_access_log_written_total", "Lines of the access log.", log::written);
    metrics.counter("weir_access_log_dropped_total", "Entries that got no line.", log::dropped);
    metrics.gauge(
        "weir_config_version",
        "The version of the configuration in force.",
        () -> node.snapshot().version());
    metrics.gauge(
        "weir_cluster_nodes",
        "Nodes of Weir in the cluster that are known to live.",
        () -> mesh.members().size());
    metrics.gauge(
        "weir_config_partitioned",
        "1 when the node can't agree on a configuration with the rest of its cluster, else 0.",
        () -> node.replica().isWhole() ? 0 : 1);
    metrics.gauge("weir_ready", "1 when the node is ready, else 0.", () -> node.ready() ? 1 : 0);
  }

  private void bindJvm() {
    gc.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** The text for Prometheus. Who asks while it is being made gets the same. */
  Future<String> scrape() {
    if (scrape != null) {
      return scrape;
    }
    Future<String> fresh = vertx.executeBlocking(() -> registry.scrape());
    scrape = fresh;
    fresh.onComplete(done -> scrape = null); // At once when it is done already.
    return fresh;
  }

  void close() {
    gc.close();
    binding.close();
    registry.getPrometheusRegistry().unregister(healthy);
    registry.getPrometheusRegistry().unregister(degraded);
    registry.getPrometheusRegistry().unregister(announced);
    registry.getPrometheusRegistry().unregister(protection);
    if (own) {
      registry.close();
    }
  }
}
