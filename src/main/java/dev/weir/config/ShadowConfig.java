package dev.weir.config;

/**
 * A second policy that picks for every request as well, without getting the traffic: it shows what
 * a switch to it would bring.
 *
 * @param policy its name, one of those that {@code balancer.policy} takes, but for {@code bus:}; it
 *     has the options of the balancer; default none, no shadow
 */
public record ShadowConfig(String policy) {

  /** Whether there is one. */
  public boolean enabled() {
    return policy != null;
  }

  static ShadowConfig read(ObjectReader r) {
    return new ShadowConfig(r.optional("policy", null, Shape.word(BalancerConfig.POLICIES)));
  }
}
