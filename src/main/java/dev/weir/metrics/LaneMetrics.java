package dev.weir.metrics;

import dev.weir.exchange.Flag;
import java.util.List;

/**
 * Hands out the objects that one lane writes to. Asking may take a lock: ask when the configuration
 * is built, and keep the answer. The same question has the same answer for as long as the name is
 * in use.
 */
public final class LaneMetrics {

  /** Every flag, at the place of its ordinal. */
  static final List<Flag> FLAGS = List.of(Flag.values());

  /** Stands for the route of requests that have none; no route can have this id. */
  static final String NO_ROUTE = "";

  private final GatewayMetrics metrics;
  private final int lane;
  private final FlagMetrics flags;

  LaneMetrics(GatewayMetrics metrics, int lane) {
    this.metrics = metrics;
    this.lane = lane;
    this.flags = metrics.flags().get(NO_ROUTE, lane, FlagMetrics::new);
  }

  /** Counts an exchange that ended with a flag. Only on the lane's event loop. */
  public void flag(Flag flag) {
    flags.add(flag.ordinal(), 1);
  }

  public RouteMetrics route(String id) {
    return metrics.routes().get(id, lane, RouteMetrics::new);
  }

  /** For requests that were answered before they had a route; their label is empty. */
  public RouteMetrics noRoute() {
    return route(NO_ROUTE);
  }

  /**
   * @param endpoint its id, {@code host:port}
   */
  public EndpointMetrics endpoint(String upstream, String endpoint) {
    EndpointKey key = new EndpointKey(upstream, endpoint);
    return metrics.endpoints().get(key, lane, () -> new EndpointMetrics(upstream(upstream)));
  }

  /**
   * @param endpoint its id, {@code host:port}
   */
  public PickMetrics picks(String upstream, String endpoint) {
    return metrics.picks().get(new EndpointKey(upstream, endpoint), lane, PickMetrics::new);
  }

  /** For the balancing of an upstream as a whole. */
  public BalancerMetrics balancer(String upstream) {
    return metrics.balancers().get(upstream, lane, BalancerMetrics::new);
  }

  /** For what the limits of an upstream refuse. */
  public LimitMetrics limits(String upstream) {
    return metrics.limits().get(upstream, lane, LimitMetrics::new);
  }

  /** For the retries and timeouts of an upstream. */
  public RetryMetrics retries(String upstream) {
    return metrics.retries().get(upstream, lane, RetryMetrics::new);
  }

  /**
   * @param endpoint its id, {@code host:port}
   */
  public PoolMetrics pool(String upstream, String endpoint) {
    return metrics.pools().get(new EndpointKey(upstream, endpoint), lane, PoolMetrics::new);
  }

  /**
   * @param name what the listener shall be called, like {@code 0.0.0.0:8080}
   */
  public ListenerMetrics listener(String name) {
    return metrics.listeners().get(name, lane, ListenerMetrics::new);
  }

  /**
   * For exchanges that cross nodes.
   *
   * @param side {@link RemoteMetrics#OUT} or {@link RemoteMetrics#IN}
   */
  public RemoteMetrics remote(String side) {
    return metrics.remotes().get(side, lane, RemoteMetrics::new);
  }

  private UpstreamMetrics upstream(String name) {
    return metrics.upstreams().get(name, lane, UpstreamMetrics::new);
  }
}
