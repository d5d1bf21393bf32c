package dev.weir.balancer.policy;

import dev.weir.config.BalancerConfig;
import java.util.Map;
import java.util.function.Function;

/** The policies by their name in the configuration. */
public final class Policies {

  private static final Map<String, Function<BalancerConfig, Policy>> ALL =
      Map.of(
          BalancerConfig.ROUND_ROBIN,
          config -> RoundRobin::new,
          BalancerConfig.WEIGHTED_ROUND_ROBIN,
          config -> SmoothWeightedRoundRobin::new);

  private Policies() {}

  /**
   * A policy.
   *
   * @param name one of {@link BalancerConfig#POLICIES}
   * @param config its options
   */
  public static Policy of(String name, BalancerConfig config) {
    return ALL.get(name).apply(config);
  }
}
