package dev.weir.node;

import dev.weir.config.EndpointConfig;
import dev.weir.config.UpstreamConfig;
import dev.weir.config.WeirConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration in force on this node with what was built from it; immutable.
 *
 * @param version grows with every change of the configuration
 * @param config the configuration
 * @param announced the endpoints that have announced themselves, by upstream
 * @param upstreams the upstreams by name
 * @param steps which of them the last changes have touched
 */
public record Snapshot(
    long version,
    WeirConfig config,
    Map<String, List<EndpointConfig>> announced,
    Map<String, Upstream> upstreams,
    Steps steps) {

  private static final Snapshot NOTHING = new Snapshot(0, null, Map.of(), Map.of(), Steps.NONE);

  static Snapshot first(WeirConfig config, long version) {
    return NOTHING.next(config, version, Map.of(), 0);
  }

  /** One for which everything is built anew. */
  Snapshot renewed(WeirConfig config, long version, Map<String, List<EndpointConfig>> announced) {
    Snapshot empty = new Snapshot(0, null, Map.of(), Map.of(), steps.forgotten());
    return empty.next(config, version, announced, 0);
  }

  /**
   * The next snapshot; upstreams that stay as they are keep their object, and endpoints that stay
   * keep theirs, and so their numbers.
   *
   * @param now the time in nanoseconds
   */
  Snapshot next(
      WeirConfig config, long version, Map<String, List<EndpointConfig>> announced, long now) {
    Map<String, Upstream> next = new LinkedHashMap<>();
    Set<String> touched = new HashSet<>();
    for (UpstreamConfig written : config.upstreams().values()) {
      String name = written.name();
      Upstream before = upstreams.get(name);
      List<EndpointConfig> more = announced.getOrDefault(name, List.of());
      Upstream upstream = stays(written, more) ? before : Upstream.of(written, more, before, now);
      next.put(name, upstream);
      if (upstream != before) {
        touched.add(name);
      }
    }
    upstreams.keySet().stream().filter(name -> !next.containsKey(name)).forEach(touched::add);
    Map<String, Upstream> all = Collections.unmodifiableMap(next);
    return new Snapshot(version, config, announced, all, steps.and(touched));
  }

  /** Whether an upstream is so surely what it was that nobody has to look into it. */
  private boolean stays(UpstreamConfig written, List<EndpointConfig> more) {
    String name = written.name();
    return config != null
        && config.upstreams().get(name) == written
        && announced.getOrDefault(name, List.of()).equals(more);
  }

  /**
   * The upstreams that are not the same object in another snapshot, be it an earlier or a later one
   * of the same node. It costs what differs, unless that is more than the last changes.
   *
   * @param other null for none: then all of them
   */
  public List<Upstream> changedSince(Snapshot other) {
    if (other == null) {
      return List.copyOf(upstreams.values());
    }
    Set<String> touched = steps.between(other.steps);
    Collection<String> names = touched == null ? upstreams.keySet() : touched;
    List<Upstream> changed = new ArrayList<>();
    for (String name : names) {
      Upstream upstream = upstreams.get(name);
      if (upstream != null && other.upstreams.get(name) != upstream) {
        changed.add(upstream);
      }
    }
    return changed;
  }

  /** The configuration as it would be with the announced endpoints written in it. */
  WeirConfig whole() {
    Map<String, UpstreamConfig> others = new LinkedHashMap<>();
    for (Upstream upstream : upstreams.values()) {
      if (!upstream.config().equals(config.upstreams().get(upstream.name()))) {
        others.put(upstream.name(), upstream.config());
      }
    }
    return others.isEmpty() ? config : config.withUpstreams(others);
  }
}
