package dev.weir.config;

import java.util.List;

/**
 * How the endpoint for a request is picked.
 *
 * @param policy {@value #ROUND_ROBIN} (each in turn, weights ignored) or {@value
 *     #WEIGHTED_ROUND_ROBIN} (as often as its weight says, evenly spread); default {@value
 *     #DEFAULT_POLICY}
 */
public record BalancerConfig(String policy) {

  /** Each endpoint in turn. */
  public static final String ROUND_ROBIN = "round-robin";

  /** Each endpoint in proportion to its weight. */
  public static final String WEIGHTED_ROUND_ROBIN = "weighted-round-robin";

  /** Each endpoint in turn. */
  public static final String DEFAULT_POLICY = ROUND_ROBIN;

  /** Every policy there is. */
  public static final List<String> POLICIES = List.of(ROUND_ROBIN, WEIGHTED_ROUND_ROBIN);

  static BalancerConfig read(ObjectReader r) {
    return new BalancerConfig(r.optional("policy", DEFAULT_POLICY, Shape.word(POLICIES)));
  }
}
