package dev.weir.node;

import dev.weir.config.UpstreamConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A named group of equivalent endpoints with its policies; immutable, replaced when its
 * configuration changes or services announce something else.
 *
 * @param name the name, unique in the configuration
 * @param config its configuration, the endpoints that have announced themselves among the others
 * @param endpoints its endpoints in the order of the configuration, behind them those that have
 *     announced themselves
 * @param load how busy they are together; lives as long as the name stays in the configuration
 * @param slots the connections to all of them; lives as long
 */
public record Upstream(
    String name, UpstreamConfig config, List<Endpoint> endpoints, Load load, Slots slots) {

  /**
   * Whether this is what would be built.
   *
   * @param written what the configuration says
   * @param whole the same with the endpoints that have announced themselves
   */
  boolean isOf(UpstreamConfig written, UpstreamConfig whole) {
    int own = (int) endpoints.stream().filter(each -> !each.announced()).count();
    boolean alike = config.bus() != null || own == written.endpoints().size();
    return alike && (config == whole || config.equals(whole));
  }

  /** How many of its endpoints may be picked. */
  public int usable() {
    return (int) endpoints.stream().filter(Endpoint::usable).count();
  }

  /** The endpoint of that id; {@code null} when there is none. */
  public Endpoint endpoint(String id) {
    return endpoints.stream().filter(each -> each.id().equals(id)).findAny().orElse(null);
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
