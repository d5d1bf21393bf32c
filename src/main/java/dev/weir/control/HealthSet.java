package dev.weir.control;

import dev.weir.config.EndpointConfig;
import dev.weir.config.ObjectReader;
import io.vertx.core.json.JsonObject;

/**
 * Says what the health of an endpoint is, on all nodes: {@code upstream}, {@code endpoint} as
 * {@code host:port}, {@code health} ({@code up} or {@code down}, whatever probes and traffic find
 * out, or {@code auto}, what they find out), and {@link Terms}. Probes go on.
 */
final class HealthSet extends EndpointChange {

  HealthSet(Changes changes) {
    super(changes);
  }

  @Override
  public String op() {
    return "health.set";
  }

  @Override
  Edit edit(ObjectReader fields, JsonObject details) {
    String health = fields.required("health", EndpointConfig.HEALTH);
    details.put("health", health);
    return Edit.of(each -> each.withHealth(health));
  }
}
