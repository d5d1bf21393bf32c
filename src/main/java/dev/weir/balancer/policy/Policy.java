package dev.weir.balancer.policy;

import java.util.Map;

/** A balancing algorithm. */
@FunctionalInterface
public interface Policy {

  /** The policies by their name in the configuration. */
  Map<String, Policy> ALL =
      Map.of("round-robin", RoundRobin::new, "weighted-round-robin", SmoothWeightedRoundRobin::new);

  /**
   * Builds a selector.
   *
   * @param weights the weight of each endpoint, all greater than 0
   * @param offset where to start, so that lanes do not march in step; any value
   */
  Selector selector(int[] weights, int offset);
}
