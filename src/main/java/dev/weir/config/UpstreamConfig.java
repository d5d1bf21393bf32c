package dev.weir.config;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A group of equivalent endpoints and its policies.
 *
 * @param name its key under {@code upstreams}, 1 to 128 letters, digits, '.', '_' or '-'
 * @param balancer how an endpoint is picked
 * @param endpoints the addresses, each once; at least one, unless services announce themselves
 * @param pool the connections kept to each endpoint
 * @param timeouts how long the endpoints may take
 * @param retry when a request is tried once more, unless its route says otherwise
 * @param retryBudget how many retries there may be
 * @param limits how much of it one node lets through at once
 * @param health how their health is found out
 * @param circuitBreaker when they are left alone; default none, never
 * @param outlier when one is ejected because of what traffic sees; default none, never, or where
 *     the health mode is hybrid what it is with all its keys absent
 * @param announce which services may announce themselves as endpoints; default none
 * @param remote whether nodes of the cluster that have no upstream client let those that have one
 *     serve its exchanges; default false
 * @param bus the address of the event bus that requests are sent to, in place of endpoints; default
 *     none
 * @param maxBusBytes how large the body of a request to it may be, up to 64 MiB; default {@value
 *     #DEFAULT_MAX_BUS_BYTES}
 */
public record UpstreamConfig(
    String name,
    BalancerConfig balancer,
    List<EndpointConfig> endpoints,
    PoolConfig pool,
    TimeoutConfig timeouts,
    RetryConfig retry,
    RetryBudgetConfig retryBudget,
    LimitsConfig limits,
    HealthConfig health,
    CircuitBreakerConfig circuitBreaker,
    OutlierConfig outlier,
    AnnounceConfig announce,
    boolean remote,
    String bus,
    int maxBusBytes) {

  /** 1 MiB. */
  public static final int DEFAULT_MAX_BUS_BYTES = 1_048_576;

  /** Keeps its own unmodifiable copy. */
  public UpstreamConfig {
    endpoints = List.copyOf(endpoints);
  }

  /** The same with other endpoints. */
  public UpstreamConfig with(List<EndpointConfig> endpoints) {
    return new UpstreamConfig(
        name,
        balancer,
        endpoints,
        pool,
        timeouts,
        retry,
        retryBudget,
        limits,
        health,
        circuitBreaker,
        outlier,
        announce,
        remote,
        bus,
        maxBusBytes);
  }

  /**
   * The same with endpoints that have announced themselves behind its own, where it allows any;
   * those that it has itself are left out. One on the event bus has that as its endpoint.
   */
  public UpstreamConfig joined(List<EndpointConfig> announced) {
    if (bus != null) {
      return with(List.of(EndpointConfig.onBus(bus)));
    }
    if (announce == null || announced.isEmpty()) {
      return this;
    }
    Set<String> ids = new HashSet<>();
    List<EndpointConfig> all = new ArrayList<>(endpoints);
    all.forEach(each -> ids.add(each.id()));
    announced.stream().filter(each -> ids.add(each.id())).forEach(all::add);
    return with(all);
  }

  /** The same, balanced in another way. */
  public UpstreamConfig with(BalancerConfig balancer) {
    return new UpstreamConfig(
        name,
        balancer,
        endpoints,
        pool,
        timeouts,
        retry,
        retryBudget,
        limits,
        health,
        circuitBreaker,
        outlier,
        announce,
        remote,
        bus,
        maxBusBytes);
  }

  private UpstreamConfig with(OutlierConfig outlier) {
    return new UpstreamConfig(
        name,
        balancer,
        endpoints,
        pool,
        timeouts,
        retry,
        retryBudget,
        limits,
        health,
        circuitBreaker,
        outlier,
        announce,
        remote,
        bus,
        maxBusBytes);
  }

  /** What stands under its name in the configuration, with every default written out. */
  public JsonObject toJson() {
    JsonObject json = RecordJson.object(this);
    json.remove("name");
    return json;
  }

  /** What it may be called. */
  public static final Shape<String> NAME = Common.NAME;

  /** Reads one; what is absent has its default. */
  public static UpstreamConfig read(String name, ObjectReader r) {
    Set<String> ids = new HashSet<>();
    UpstreamConfig read = readAll(name, r, ids);
    if (read.bus != null) {
      read.checkBus(r);
    } else if (read.endpoints.isEmpty() && read.announce == null) {
      r.problem("endpoints", "an array with at least one element, unless there is announce or bus");
    }
    boolean watches = read.outlier == null && read.health != null && read.health.hybrid();
    return watches ? read.with(OutlierConfig.DEFAULT) : read;
  }

  /** There is nothing to probe, and nothing else to send to. */
  private void checkBus(ObjectReader r) {
    boolean probed = health != null && !health.mode().equals(HealthConfig.OFF);
    if (!endpoints.isEmpty() || announce != null || probed) {
      r.problem("bus", "an address only where there are no endpoints, no announce and no probes");
    }
  }

  private static UpstreamConfig readAll(String name, ObjectReader r, Set<String> ids) {
    return new UpstreamConfig(
        name,
        r.object("balancer", BalancerConfig::read),
        r.optional(
            "endpoints",
            List.of(),
            Shapes.list(Shapes.object(each -> EndpointConfig.read(each, ids)))),
        r.object("pool", PoolConfig::read),
        r.object("timeouts", TimeoutConfig::read),
        r.object("retry", RetryConfig::read),
        r.object("retryBudget", RetryBudgetConfig::read),
        r.object("limits", LimitsConfig::read),
        r.object("health", HealthConfig::read),
        r.optional("circuitBreaker", null, Shapes.object(CircuitBreakerConfig::read)),
        r.optional("outlier", null, Shapes.object(OutlierConfig::read)),
        r.optional("announce", null, Shapes.object(AnnounceConfig::read)),
        r.optional("remote", false, Shape.bool()),
        r.optional("bus", null, Shape.text(BusRules.TARGET)),
        r.optional("maxBusBytes", DEFAULT_MAX_BUS_BYTES, Shape.integer(0, 1 << 26)));
  }
}
