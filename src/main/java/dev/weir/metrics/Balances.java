package dev.weir.metrics;

import dev.weir.config.UpstreamConfig;
import dev.weir.config.WeirConfig;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Counts the picks of each upstream since its configuration changed last. */
final class Balances {

  private final GatewayMetrics metrics;
  private final Map<EndpointKey, long[]> picksBefore = new HashMap<>(); // Guarded by this
  private final Map<String, long[]> decisionsBefore = new HashMap<>(); // Guarded by this
  private Map<String, UpstreamConfig> configs = Map.of(); // Guarded by this

  Balances(GatewayMetrics metrics) {
    this.metrics = metrics;
  }

  /** From now on counts those upstreams anew that this configuration changes. */
  synchronized void configured(WeirConfig config) {
    Set<String> changed = changed(config);
    if (!changed.isEmpty()) {
      picksBefore.keySet().removeIf(key -> changed.contains(key.upstream()));
      decisionsBefore.keySet().removeAll(changed);
      picksBefore.putAll(metrics.picks().sums(key -> changed.contains(key.upstream())));
      decisionsBefore.putAll(metrics.balancers().sums(changed::contains));
    }
    configs = config.upstreams();
  }

  /** The upstreams that have come, gone or changed. */
  private Set<String> changed(WeirConfig next) {
    Set<String> changed = new HashSet<>();
    next.upstreams()
        .forEach(
            (name, upstream) -> {
              UpstreamConfig before = configs.get(name);
              if (before == null || !upstream.equals(before)) {
                changed.add(name);
              }
            });
    for (String name : configs.keySet()) {
      if (!next.upstreams().containsKey(name)) {
        changed.add(name);
      }
    }
    return changed;
  }

  synchronized Map<String, Balance> now() {
    Map<EndpointKey, long[]> picks = metrics.picks().sums();
    Map<String, long[]> decisions = metrics.balancers().sums();
    Map<String, Balance> result = new LinkedHashMap<>();
    configs.forEach(
        (name, config) -> {
          Balance balance = new Balance(config, picks, picksBefore);
          balance.decisions(
              since(name, decisions, BalancerMetrics.SHADOW_AGREED),
              since(name, decisions, BalancerMetrics.SHADOW_DISAGREED));
          result.put(name, balance);
        });
    return result;
  }

  private long since(String upstream, Map<String, long[]> decisions, int cell) {
    long[] now = decisions.get(upstream);
    long[] before = decisionsBefore.get(upstream);
    return now == null ? 0 : now[cell] - (before == null ? 0 : before[cell]);
  }
}
