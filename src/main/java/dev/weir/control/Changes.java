package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.WeirConfig;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.node.Events;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
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

  /** The greatest integer that every JSON implementation can represent. */
  private static final long MAX_VERSION = (1L << 53) - 1;

  private static final Shape<Long> VERSION = Shape.whole(1, MAX_VERSION);

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

  /** Reads {@code ifVersion}: the only version that the change is meant for, null for any. */
  static Long ifVersion(ObjectReader fields) {
    return fields.optional("ifVersion", null, VERSION);
  }

  /**
   * Puts an edited configuration in force and publishes an event of type {@code config}.
   *
   * @param ifVersion the version that must be in force, null for any
   * @param details what the event says of the change
   * @param edit makes the new configuration from the one in force, or throws a {@link Refusal}
   * @return the answer: the new version
   */
  JsonObject apply(Long ifVersion, JsonObject details, UnaryOperator<WeirConfig> edit) {
    Snapshot current;
    WeirConfig next;
    do {
      current = node.snapshot();
      check(ifVersion, current.version());
      next = edit.apply(current.config());
    } while (!node.replace(current, next));
    metrics.retain(next);
    long version = current.version() + 1;
    LOG.info("Configuration version " + version + ": " + details.encode());
    Events.publish(vertx, node, "config", details.copy().put("version", version));
    return new JsonObject().put("version", version);
  }

  private static void check(Long ifVersion, long version) {
    if (ifVersion != null && ifVersion != version) {
      throw Refusal.stale(version);
    }
  }
}
