package dev.weir.metrics;

import dev.weir.config.UpstreamConfig;
import dev.weir.config.WeirConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

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
    Map<EndpointKey, long[]> picks = metrics.picks().sums();
    Map<String, long[]> decisions = metrics.balancers().sums();
    picksBefore.keySet().removeIf(key -> isChanged(key.upstream(), config));
    decisionsBefore.keySet().removeIf(name -> isChanged(name, config));
    picks.forEach(
        (key, cells) -> {
          if (isChanged(key.upstream(), config)) {
            picksBefore.put(key, cells);
          }
        });
    decisions.forEach(
        (name, cells) -> {
          if (isChanged(name, config)) {
            decisionsBefore.put(name, cells);
          }
        });
    configs = config.upstreams();
  }

  private boolean isChanged(String upstream, WeirConfig next) {
    UpstreamConfig known = configs.get(upstream);
    return known == null || !known.equals(next.upstreams().get(upstream));
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
