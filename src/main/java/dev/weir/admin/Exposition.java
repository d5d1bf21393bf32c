package dev.weir.admin;

import dev.weir.accesslog.AccessLog;
import dev.weir.cluster.Mesh;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.node.Node;
import dev.weir.protection.Protection;
import io.micrometer.core.instrument.MeterRegistry;
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
  private final Node node;
  private final Protection protection;
  private Future<String> scrape;
  private volatile PrometheusMeterRegistry own;
  private volatile Meters meters;

  Exposition(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
    protection = Protection.of(vertx, node);
    add(GatewayMetrics.of(node), node, Mesh.of(vertx, node));
    MeterRegistry shared = BackendRegistries.getDefaultNow();
    if (shared instanceof PrometheusMeterRegistry prometheus) {
      meters = new Meters(node, protection, prometheus); // Others may show it, too.
    }
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

  /** The text for Prometheus. Who asks while it is being made gets the same. */
  Future<String> scrape() {
    if (scrape != null) {
      return scrape;
    }
    Future<String> fresh = vertx.executeBlocking(() -> meters().scrape());
    scrape = fresh;
    fresh.onComplete(done -> scrape = null); // At once when it is done already.
    return fresh;
  }

  /** Made when they are first asked for, off the event loop: a start does not wait for them. */
  private Meters meters() {
    if (meters == null) {
      PrometheusMeterRegistry fresh = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      meters = new Meters(node, protection, fresh);
      own = fresh;
    }
    return meters;
  }

  /** To be called when nobody can ask any more. */
  Future<?> close() {
    Future<String> last = scrape == null ? Future.succeededFuture() : scrape;
    return last.onComplete(done -> end());
  }

  private void end() {
    if (meters != null) {
      meters.close();
    }
    if (own != null) {
      own.close();
    }
  }
}
