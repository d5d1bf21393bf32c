package dev.weir.metrics;

import dev.weir.config.EndpointConfig;
import dev.weir.config.RouteConfig;
import dev.weir.config.UpstreamConfig;
import dev.weir.config.WeirConfig;
import dev.weir.node.Node;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** All numbers of one node. Any thread may use it. */
public final class GatewayMetrics {

  /** How long after a change what has gone is looked for. */
  private static final long FORGET_MILLIS = 1000;

  private final Map<Integer, LaneMetrics> lanes = new ConcurrentHashMap<>();
  private final Handles<String, RouteMetrics> routes = new Handles<>();
  private final Handles<String, UpstreamMetrics> upstreams = new Handles<>();
  private final Handles<EndpointKey, EndpointMetrics> endpoints = new Handles<>();
  private final Handles<EndpointKey, PoolMetrics> pools = new Handles<>();
  private final Handles<EndpointKey, PickMetrics> picks = new Handles<>();
  private final Handles<String, BalancerMetrics> balancers = new Handles<>();
  private final Handles<String, RetryMetrics> retries = new Handles<>();
  private final Handles<String, LimitMetrics> limits = new Handles<>();
  private final Balances balances = new Balances(this);
  private final Handles<String, ListenerMetrics> listeners = new Handles<>();
  private final Handles<String, FlagMetrics> flags = new Handles<>();
  private final Handles<String, RemoteMetrics> remotes = new Handles<>();

  /** The configuration whose routes and endpoints are yet to be looked at; null for none. */
  private final AtomicReference<WeirConfig> latest = new AtomicReference<>();

  private final Map<String, Reading> readings = new ConcurrentSkipListMap<>();

  /** The numbers of this node. */
  public static GatewayMetrics of(Node node) {
    return node.shared(GatewayMetrics.class, () -> make(node));
  }

  private static GatewayMetrics make(Node node) {
    GatewayMetrics metrics = new GatewayMetrics();
    metrics.retain(node.snapshot().config());
    node.listen(config -> metrics.follow(node, config));
    return metrics;
  }

  private void follow(Node node, WeirConfig config) {
    balances.configured(config);
    if (latest.getAndSet(config) == null) {
      // It looks at everything there is, so one look has to do for a storm of changes.
      node.aside(FORGET_MILLIS, () -> forget(latest.getAndSet(null)));
    }
  }

  /** Where the instances of one event loop write. */
  public LaneMetrics lane(int number) {
    return lanes.computeIfAbsent(number, n -> new LaneMetrics(this, n));
  }

  /**
   * Shows a number that something else counts, in place of any other of this name.
   *
   * @param name as Prometheus shows it, ending in {@code _total}
   * @param value never decreases; asked by the thread that collects
   * @throws IllegalArgumentException when Prometheus does not take the name
   */
  public void counter(String name, String help, LongSupplier value) {
    Points.counter(name, help).build();
    readings.put(name, new Reading(name, help, value, true));
  }

  /** Like {@link #counter} for a number that goes up and down. */
  public void gauge(String name, String help, LongSupplier value) {
    Points.gauge(name, help).build();
    readings.put(name, new Reading(name, help, value, false));
  }

  /**
   * Forgets the routes and endpoints that stand neither in this configuration nor in that of the
   * call before. Call it whenever a configuration has come into force.
   */
  public void retain(WeirConfig config) {
    balances.configured(config);
    forget(config);
  }

  private void forget(WeirConfig config) {
    Set<String> routeIds = new HashSet<>();
    routeIds.add(LaneMetrics.NO_ROUTE);
    config.routes().stream().map(RouteConfig::id).forEach(routeIds::add);
    Set<EndpointKey> endpointKeys = new HashSet<>();
    config.upstreams().values().forEach(upstream -> addKeys(upstream, endpointKeys));
    routes.retain(routeIds::contains);
    upstreams.retain(config.upstreams()::containsKey);
    endpoints.retain(endpointKeys::contains);
    pools.retain(endpointKeys::contains);
    picks.retain(endpointKeys::contains);
    balancers.retain(config.upstreams()::containsKey);
    retries.retain(config.upstreams()::containsKey);
    limits.retain(config.upstreams()::containsKey);
  }

  private static void addKeys(UpstreamConfig upstream, Set<EndpointKey> keys) {
    for (EndpointConfig endpoint : upstream.endpoints()) {
      keys.add(new EndpointKey(upstream.name(), endpoint.id()));
    }
  }

  Handles<String, RouteMetrics> routes() {
    return routes;
  }

  Handles<String, UpstreamMetrics> upstreams() {
    return upstreams;
  }

  Handles<EndpointKey, EndpointMetrics> endpoints() {
    return endpoints;
  }

  Handles<EndpointKey, PoolMetrics> pools() {
    return pools;
  }

  /** How the picks of every upstream are spread; empty before {@link #retain}. */
  public Map<String, Balance> balances() {
    return balances.now();
  }

  Handles<EndpointKey, PickMetrics> picks() {
    return picks;
  }

  Handles<String, BalancerMetrics> balancers() {
    return balancers;
  }

  Handles<String, RetryMetrics> retries() {
    return retries;
  }

  Handles<String, LimitMetrics> limits() {
    return limits;
  }

  Handles<String, ListenerMetrics> listeners() {
    return listeners;
  }

  Handles<String, RemoteMetrics> remotes() {
    return remotes;
  }

  Handles<String, FlagMetrics> flags() {
    return flags;
  }

  Collection<Reading> readings() {
    return readings.values();
  }

  /** A number that something else counts. */
  record Reading(String name, String help, LongSupplier value, boolean counter) {}
}
