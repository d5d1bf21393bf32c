package dev.weir.node;

import dev.weir.config.UpstreamConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A named group of equivalent endpoints with its policies; immutable, replaced when its
 * configuration changes.
 *
 * @param name the name, unique in the configuration
 * @param config its configuration
 * @param endpoints its endpoints in the order of the configuration
 * @param load how busy they are together; lives as long as the name stays in the configuration
 * @param slots the connections to all of them; lives as long
 */
public record Upstream(
    String name, UpstreamConfig config, List<Endpoint> endpoints, Load load, Slots slots) {

  /** How many of its endpoints may be picked. */
  public int usable() {
    return (int) endpoints.stream().filter(Endpoint::usable).count();
  }

  /** Its state, as operators see it. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("upstream", name)
        .put("policy", config.balancer().policy())
        .put("usable", usable())
        .put("endpoints", new JsonArray(endpoints.stream().map(Endpoint::toJson).toList()));
  }
}
