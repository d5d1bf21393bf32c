package dev.weir.node;

import dev.weir.config.EndpointConfig;
import dev.weir.config.UpstreamConfig;
import dev.weir.config.WeirConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration in force on this node with what was built from it; immutable.
 *
 * @param version grows with every change
 * @param config the configuration
 * @param upstreams the upstreams by name
 */
public record Snapshot(long version, WeirConfig config, Map<String, Upstream> upstreams) {

  static Snapshot first(WeirConfig config, long version) {
    return new Snapshot(version, config, build(config, Map.of(), 0));
  }

  /**
   * The next snapshot; endpoints that stay keep their object, and so their numbers.
   *
   * @param now the time in nanoseconds
   */
  Snapshot next(WeirConfig config, long version, long now) {
    return new Snapshot(version, config, build(config, upstreams, now));
  }

  private static Map<String, Upstream> build(
      WeirConfig config, Map<String, Upstream> before, long now) {
    Map<String, Upstream> result = new LinkedHashMap<>();
    config
        .upstreams()
        .forEach((name, next) -> result.put(name, build(name, next, before.get(name), now)));
    return Map.copyOf(result);
  }

  private static Upstream build(String name, UpstreamConfig config, Upstream before, long now) {
    if (before != null && (before.config() == config || before.config().equals(config))) {
      return before;
    }
    Load load = before == null ? Load.ofUpstream() : before.load();
    Slots slots = before == null ? new Slots() : before.slots();
    slots.parts(config.endpoints().size());
    List<Endpoint> endpoints = new ArrayList<>();
    for (EndpointConfig endpoint : config.endpoints()) {
      Endpoint known = find(endpoint.id(), before);
      if (known == null) {
        known = new Endpoint(name, load, slots, endpoint);
        if (before != null) {
          known.join(now);
        }
      } else {
        known.config(endpoint, now);
      }
      endpoints.add(known);
    }
    return new Upstream(name, config, List.copyOf(endpoints), load, slots);
  }

  private static Endpoint find(String id, Upstream before) {
    if (before != null) {
      for (Endpoint endpoint : before.endpoints()) {
        if (endpoint.id().equals(id)) {
          return endpoint;
        }
      }
    }
    return null;
  }
}
