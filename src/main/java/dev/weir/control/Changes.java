package dev.weir.control;

import dev.weir.config.WeirConfig;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.node.Events;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import java.util.function.UnaryOperator;

/**
 * The one way in which commands change the configuration: whole, checked against a version, told.
 */
final class Changes {

  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  private final Vertx vertx;
  private final Node node;
  private final GatewayMetrics metrics;

  Changes(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
    metrics = GatewayMetrics.of(node);
    metrics.retain(node.snapshot().config());
  }

  /** What an event says of a change to one endpoint. */
  static JsonObject details(String op, String upstream, String endpoint) {
    return new JsonObject().put("op", op).put("upstream", upstream).put("endpoint", endpoint);
  }

  /**
   * Puts an edited configuration in force and publishes an event of type {@code config}.
   *
   * @param details what the event says of the change
   * @param edit makes the new configuration from the one in force, or throws a {@link Refusal}
   * @return the answer: the new version, or, of a dry run, the one that stays
   */
  Future<JsonObject> apply(Terms terms, JsonObject details, UnaryOperator<WeirConfig> edit) {
    Snapshot current;
    WeirConfig next;
    do {
      current = node.snapshot();
      check(terms.ifVersion(), current.version());
      next = edit.apply(current.config());
    } while (!terms.dryRun() && !node.replace(current, next));
    long version = node.snapshot().version();
    if (!terms.dryRun()) {
      tell(details, version);
    }
    return Future.succeededFuture(new JsonObject().put("version", version));
  }

  private void tell(JsonObject details, long version) {
    metrics.retain(node.snapshot().config());
    LOG.info("Configuration version " + version + ": " + details.encode());
    Events.publish(vertx, node, "config", details.copy().put("version", version));
  }

  private static void check(Long ifVersion, long version) {
    if (ifVersion != null && ifVersion != version) {
      throw Refusal.stale(version);
    }
  }
}
