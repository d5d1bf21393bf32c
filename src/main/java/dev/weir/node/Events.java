package dev.weir.node;

import dev.weir.bus.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Tells the whole cluster, on {@link Addresses#EVENTS}, what has changed on this node. */
public final class Events {

  private Events() {}

  /**
   * Publishes an event. Every event has {@code type}, {@code at} (ISO 8601, UTC), {@code node} and
   * {@code version} (of the configuration in force).
   *
   * @param details the fields that are the type's own, and a version where another one is meant
   * @return the whole event
   */
  public static JsonObject publish(Vertx vertx, Node node, String type, JsonObject details) {
    JsonObject event =
        new JsonObject()
            .put("type", type)
            .put("at", Instant.now().toString())
            .put("node", node.id())
            .put("version", node.snapshot().version())
            .mergeIn(details);
    vertx.eventBus().publish(Addresses.EVENTS, event);
    return event;
  }
}
