package dev.weir.control;

import dev.weir.config.EndpointConfig;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import io.vertx.core.json.JsonObject;

/**
 * Says what the health of an endpoint is, on all nodes: {@code upstream}, {@code endpoint} as
 * {@code host:port}, {@code health} ({@code up} or {@code down}, whatever probes and traffic find
 * out, or {@code auto}, what they find out), and {@link Terms}. Probes go on.
 */
final class HealthSet implements Command {

  private final Changes changes;

  HealthSet(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "health.set";
  }

  @Override
  public Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    String endpoint = fields.required("endpoint", Shape.text());
    String health = fields.required("health", EndpointConfig.HEALTH);
    Terms terms = Terms.read(fields);
    JsonObject details = Changes.details(op(), upstream, endpoint).put("health", health);
    return caller ->
        changes.apply(
            caller,
            terms,
            details,
            config -> Edits.endpoint(config, upstream, endpoint, each -> each.withHealth(health)));
  }
}
