package dev.weir.balancer.policy;

import dev.weir.config.BalancerConfig;
import dev.weir.config.HashConfig;
import java.util.Map;
import java.util.function.Function;

/** The policies by their name in the configuration. */
public final class Policies {

  private static final Map<String, Function<BalancerConfig, Policy>> ALL =
      Map.of(
          BalancerConfig.REPORTED_LOAD,
          config -> Policies::weightedRoundRobin,
          BalancerConfig.ROUND_ROBIN,
          config -> Policies::roundRobin,
          BalancerConfig.WEIGHTED_ROUND_ROBIN,
          config -> Policies::weightedRoundRobin,
          BalancerConfig.LEAST_CONNECTIONS,
          config -> LeastConnections::new,
          BalancerConfig.LEAST_REQUEST,
          config -> LeastRequest::new,
          BalancerConfig.RANDOM,
          config -> WeightedRandom::new,
          BalancerConfig.IP_HASH,
          Policies::hash,
          BalancerConfig.HASH,
          Policies::hash,
          BalancerConfig.PEAK_EWMA,
          config -> PeakEwma::new,
          BalancerConfig.FIRST,
          config -> (members, setting) -> new First(members, config.firstMaxInFlight()));

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

  /** Weights differ in spite of the policy while an endpoint is new. */
  private static Selector roundRobin(Members members, Setting setting) {
    return members.even() ? new RoundRobin(members, setting) : weightedRoundRobin(members, setting);
  }

  private static Selector weightedRoundRobin(Members members, Setting setting) {
    if (setting.brief()) {
      return new WeightedRandom(members, setting); // A round would not be over in time.
    }
    return WeightGroups.fit(members.weights())
        ? new SmoothWeightedRoundRobin(members, setting)
        : new EarliestDeadline(members, setting);
  }

  private static Policy hash(BalancerConfig config) {
    HashConfig hash = config.hash();
    boolean ring = hash.table().equals(HashConfig.RING);
    return (members, setting) -> {
      Consistent table = ring ? new Ring(members) : new Maglev(members);
      return hash.maxLoadPercent() > 0
          ? new BoundedLoad(table, members, hash.maxLoadPercent())
          : Consistent.selector(table);
    };
  }
}
