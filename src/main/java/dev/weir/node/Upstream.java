package dev.weir.node;

import dev.weir.config.EndpointConfig;
import dev.weir.config.UpstreamConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
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
   * Builds one.
   *
   * @param written what the configuration says
   * @param announced the endpoints that have announced themselves
   * @param before the one of its name that there is; null when there is none
   * @param now the time in nanoseconds
   * @return {@code before} where that is what would be built
   */
  static Upstream of(
      UpstreamConfig written, List<EndpointConfig> announced, Upstream before, long now) {
    UpstreamConfig config = written.joined(announced);
    if (before != null && before.isOf(written, config)) {
      return before;
    }
    Load load = before == null ? Load.ofUpstream() : before.load;
    Slots slots = before == null ? new Slots() : before.slots;
    slots.parts(config.endpoints().size());
    List<Endpoint> endpoints = new ArrayList<>();
    for (EndpointConfig endpoint : config.endpoints()) {
      boolean added = config.bus() == null && endpoints.size() >= written.endpoints().size();
      Endpoint known = before == null ? null : before.endpoint(endpoint.id());
      if (known == null) {
        known = new Endpoint(config.name(), load, slots, endpoint, added);
        if (before != null) {
          known.join(now);
        }
      } else {
        known.config(endpoint, added, now);
      }
      endpoints.add(known);
    }
    return new Upstream(config.name(), config, List.copyOf(endpoints), load, slots);
  }

  /**
   * Whether this is what would be built.
   *
   * @param written what the configuration says
   * @param whole the same with the endpoints that have announced themselves
   */
  private boolean isOf(UpstreamConfig written, UpstreamConfig whole) {
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
