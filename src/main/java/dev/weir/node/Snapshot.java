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
 * @param version grows by one with every change
 * @param config the configuration
 * @param upstreams the upstreams by name
 */
public record Snapshot(long version, WeirConfig config, Map<String, Upstream> upstreams) {

  static Snapshot first(WeirConfig config) {
    return new Snapshot(1, config, build(config, Map.of()));
  }

  /** The next snapshot; endpoints that stay keep their object, and so their numbers. */
  Snapshot next(WeirConfig config) {
    return new Snapshot(version + 1, config, build(config, upstreams));
  }

  private static Map<String, Upstream> build(WeirConfig config, Map<String, Upstream> before) {
    Map<String, Upstream> result = new LinkedHashMap<>();
    config
        .upstreams()
        .forEach((name, upstream) -> result.put(name, build(name, upstream, before.get(name))));
    return Map.copyOf(result);
  }

  private static Upstream build(String name, UpstreamConfig config, Upstream before) {
    if (before != null && before.config().equals(config)) {
      return before;
    }
    List<Endpoint> endpoints = new ArrayList<>();
    for (EndpointConfig endpoint : config.endpoints()) {
      endpoints.add(endpoint(name, endpoint, before));
    }
    return new Upstream(name, config, List.copyOf(endpoints));
  }

  private static Endpoint endpoint(String upstream, EndpointConfig config, Upstream before) {
    if (before != null) {
      for (Endpoint endpoint : before.endpoints()) {
        if (endpoint.id().equals(config.id())) {
          endpoint.config(config);
          return endpoint;
        }
      }
    }
    return new Endpoint(upstream, config);
  }
}
