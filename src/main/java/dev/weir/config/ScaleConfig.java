package dev.weir.config;

/**
 * How many instances of each role run on this node, 0 to 1024; 0 stands for one for each event
 * loop.
 *
 * @param ingress instances that accept connections; default {@value #DEFAULT_INSTANCES}
 * @param balancer instances that pick endpoints; default {@value #DEFAULT_INSTANCES}
 * @param upstream instances that talk to endpoints; default {@value #DEFAULT_INSTANCES}
 */
public record ScaleConfig(int ingress, int balancer, int upstream) {

  /** 0: one for each event loop. */
  public static final int DEFAULT_INSTANCES = 0;

  private static final Shape<Integer> INSTANCES = Shape.integer(0, 1024);

  static ScaleConfig read(ObjectReader r) {
    return new ScaleConfig(
        r.optional("ingress", DEFAULT_INSTANCES, INSTANCES),
        r.optional("balancer", DEFAULT_INSTANCES, INSTANCES),
        r.optional("upstream", DEFAULT_INSTANCES, INSTANCES));
  }
}
