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
 * @param version grows with every change of the configuration
 * @param config the configuration
 * @param announced the endpoints that have announced themselves, by upstream
 * @param upstreams the upstreams by name
 */
public record Snapshot(
    long version,
    WeirConfig config,
    Map<String, List<EndpointConfig>> announced,
    Map<String, Upstream> upstreams) {

  static Snapshot first(
      WeirConfig config, long version, Map<String, List<EndpointConfig>> announced) {
    return new Snapshot(version, config, announced, build(config, announced, Map.of(), 0));
  }

  /**
   * The next snapshot; endpoints that stay keep their object, and so their numbers.
   *
   * @param now the time in nanoseconds
   */
  Snapshot next(
      WeirConfig config, long version, Map<String, List<EndpointConfig>> announced, long now) {
    return new Snapshot(version, config, announced, build(config, announced, upstreams, now));
  }

  /**
   * The upstreams that are not the same object in an earlier snapshot.
   *
   * @param before null for none: then all of them
   */
  public List<Upstream> changedSince(Snapshot before) {
    Map<String, Upstream> known = before == null ? Map.of() : before.upstreams;
    List<Upstream> changed = new ArrayList<>();
    for (Upstream upstream : upstreams.values()) {
      if (known.get(upstream.name()) != upstream) {
        changed.add(upstream);
      }
    }
    return changed;
  }

  private static Map<String, Upstream> build(
      WeirConfig config,
      Map<String, List<EndpointConfig>> announced,
      Map<String, Upstream> before,
      long now) {
    Map<String, Upstream> result = new LinkedHashMap<>();
    config
        .upstreams()
        .forEach(
            (name, next) -> {
              UpstreamConfig whole = next.joined(announced.getOrDefault(name, List.of()));
              result.put(name, build(next, whole, before.get(name), now));
            });
    return Map.copyOf(result);
  }

  /**
   * @param written what the configuration says
   * @param config the same with the endpoints that have announced themselves
   */
  private static Upstream build(
      UpstreamConfig written, UpstreamConfig config, Upstream before, long now) {
    if (before != null && before.isOf(written, config)) {
      return before;
    }
    Load load = before == null ? Load.ofUpstream() : before.load();
    Slots slots = before == null ? new Slots() : before.slots();
    slots.parts(config.endpoints().size());
    List<Endpoint> endpoints = new ArrayList<>();
    for (EndpointConfig endpoint : config.endpoints()) {
      boolean announced = config.bus() == null && endpoints.size() >= written.endpoints().size();
      Endpoint known = find(endpoint.id(), before);
      if (known == null) {
        known = new Endpoint(config.name(), load, slots, endpoint, announced);
        if (before != null) {
          known.join(now);
        }
      } else {
        known.config(endpoint, announced, now);
      }
      endpoints.add(known);
    }
    return new Upstream(config.name(), config, List.copyOf(endpoints), load, slots);
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

  /** The configuration as it would be with the announced endpoints written in it. */
  WeirConfig whole() {
    WeirConfig whole = config;
    for (Upstream upstream : upstreams.values()) {
      if (!upstream.config().equals(config.upstreams().get(upstream.name()))) {
        whole = whole.with(upstream.config());
      }
    }
    return whole;
  }
}
