package dev.weir.balancer;

import dev.weir.balancer.policy.Members;
import dev.weir.balancer.policy.Policy;
import dev.weir.balancer.policy.Selector;
import dev.weir.balancer.policy.Setting;
import dev.weir.exchange.Exchange;
import dev.weir.metrics.LaneMetrics;
import dev.weir.metrics.PickMetrics;
import dev.weir.node.Endpoint;
import dev.weir.node.Load;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** The endpoints of one level that are in use, and the selector over them. */
final class Tier {

  private final Endpoint[] endpoints;
  private final int[] weights;
  private final PickMetrics[] metrics;
  private final Selector selector;
  private final boolean shadow;

  /**
   * @param endpoints at least one
   * @param weight the weight of each, greater than 0
   * @param lane where picks are counted
   * @param shadow whether the policy is a shadow, and goes by the loads that it would cause
   * @param before the tier of the same policy that it replaces; {@code null} for none
   */
  Tier(
      List<Endpoint> endpoints,
      ToIntFunction<Endpoint> weight,
      Policy policy,
      Setting setting,
      LaneMetrics lane,
      boolean shadow,
      Tier before) {
    this.shadow = shadow;
    this.metrics =
        endpoints.stream()
            .map(endpoint -> lane.picks(endpoint.upstream(), endpoint.id()))
            .toArray(PickMetrics[]::new);
    this.endpoints = endpoints.toArray(Endpoint[]::new);
    this.weights = endpoints.stream().mapToInt(weight).toArray();
    // What it has learnt, and where it stands in its round, stays true as long as its members do.
    this.selector = goesOn(before) ? before.selector : selector(endpoints, policy, setting);
  }

  private boolean goesOn(Tier before) {
    return before != null
        && Arrays.equals(endpoints, before.endpoints)
        && Arrays.equals(weights, before.weights);
  }

  private Selector selector(List<Endpoint> endpoints, Policy policy, Setting setting) {
    Load[] loads = endpoints.stream().map(Endpoint::load).toArray(Load[]::new);
    for (int i = 0; shadow && i < loads.length; i++) {
      loads[i] = loads[i].shadow();
    }
    String[] names = endpoints.stream().map(Endpoint::id).toArray(String[]::new);
    return policy.selector(new Members(names, weights, loads), setting);
  }

  Endpoint pick(long key) {
    return picked(selector.select(key));
  }

  private Endpoint picked(int position) {
    if (shadow) {
      metrics[position].shadowed();
    } else {
      metrics[position].picked();
    }
    return endpoints[position];
  }

  /**
   * One that the exchange has not tried: the policy's choice, or the next one after it.
   *
   * @return {@code null} when all were tried
   */
  Endpoint pickUntried(Exchange exchange, long key) {
    int start = selector.select(key);
    for (int i = 0; i < endpoints.length; i++) {
      int position = (start + i) % endpoints.length;
      if (!exchange.tried(endpoints[position])) {
        return picked(position);
      }
    }
    return null;
  }
}
