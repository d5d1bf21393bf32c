package dev.weir.config;

/**
 * How many instances of each role run on this node, -1 to 1024; 0 stands for one for each event
 * loop, -1 for none: then other nodes of the cluster have to do its work.
 *
 * @param ingress instances that accept connections; default {@value #DEFAULT_INSTANCES}
 * @param balancer instances that pick endpoints; default {@value #DEFAULT_INSTANCES}
 * @param upstream instances that talk to endpoints; default {@value #DEFAULT_INSTANCES}
 */
public record ScaleConfig(int ingress, int balancer, int upstream) {

  /** 0: one for each event loop. */
  public static final int DEFAULT_INSTANCES = 0;

  /** -1: this node does not have the role. */
  public static final int NONE = -1;

  private static final Shape<Integer> INSTANCES = Shape.integer(NONE, 1024);

  static ScaleConfig read(ObjectReader r) {
    return new ScaleConfig(
        r.optional("ingress", DEFAULT_INSTANCES, INSTANCES),
        r.optional("balancer", DEFAULT_INSTANCES, INSTANCES),
        r.optional("upstream", DEFAULT_INSTANCES, INSTANCES));
  }
}
