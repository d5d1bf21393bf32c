package dev.weir.bus;

/** The event-bus addresses of Weir. */
public final class Addresses {

  /** Exchanges that need an endpoint; local, by reference. Lanes append {@code @N}. */
  public static final String BALANCER = "weir.balancer";

  /** Exchanges that have an endpoint; local, by reference. Lanes append {@code @N}. */
  public static final String UPSTREAM = "weir.upstream";

  /**
   * Exchanges for another node; local, by reference. Lanes append {@code @N}. What nodes send one
   * another for them goes to {@code weir.remote.<nodeId>.<door>}, in binary frames.
   */
  public static final String REMOTE = "weir.remote";

  /** Commands, request and reply, JSON. A node also answers on {@code weir.control.<nodeId>}. */
  public static final String CONTROL = "weir.control";

  /** Services announce, refresh and withdraw themselves as endpoints, JSON. */
  public static final String ANNOUNCE = "weir.upstream.announce";

  /** Everything that changed, published as JSON. */
  public static final String EVENTS = "weir.events";

  /**
   * Published on this node only when the {@link dev.weir.node.Snapshot} or the health of an
   * endpoint has changed; the body is the name of the upstream, or empty for all of them.
   */
  public static final String VIEW = "weir.view";

  /** Asks the health role of this node to probe an endpoint at once; local, JSON. */
  public static final String PROBE = "weir.health.probe";

  /** Published to the cluster: each change of the configuration, for the other nodes. */
  public static final String CONFIG = "weir.config";

  /** Published to the cluster: what a node tells the other nodes, that it lives above all. */
  public static final String CLUSTER = "weir.cluster";

  /**
   * What services have announced, told by one node to another; a node is also reached at {@code
   * weir.announced.<nodeId>}.
   */
  public static final String ANNOUNCED = "weir.announced";

  /**
   * Published on this node only, a few times a second: what traffic has seen of endpoints since the
   * last time, as {@link dev.weir.protection.Observation}.
   */
  public static final String OBSERVED = "weir.health.observed";

  private Addresses() {}
}
