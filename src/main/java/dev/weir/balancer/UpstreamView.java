package dev.weir.balancer;

import dev.weir.balancer.policy.Setting;
import dev.weir.config.BalancerConfig;
import dev.weir.exchange.Exchange;
import dev.weir.metrics.BalancerMetrics;
import dev.weir.metrics.LaneMetrics;
import dev.weir.node.Endpoint;
import dev.weir.node.Upstream;

/**
 * What one lane knows of an upstream: who may be used, how much each weighs, and the policy over
 * them, built once and replaced whole on every change. Used by the lane's thread alone.
 */
final class UpstreamView {

  private final long version;
  private final Plan plan;
  private final Setting setting;
  private final Choice choice;
  private final RequestKey keys;
  private final Affinity affinity;
  private final Shadow shadow;
  private final LaneMetrics lane;
  private final BalancerMetrics metrics;
  private int picks;

  /**
   * @param version up to which change of the upstream it knows
   * @param plan what it shows
   * @param before the view that it replaces; {@code null} for none
   * @param place where the lane works
   * @param lane where the lane counts
   */
  UpstreamView(long version, Plan plan, UpstreamView before, Setting place, LaneMetrics lane) {
    BalancerConfig config = plan.upstream().config().balancer();
    boolean same = before != null && before.upstream() == plan.upstream();
    this.version = version;
    this.plan = plan;
    this.lane = lane;
    picks = before == null ? 0 : before.picks;
    setting = new Setting(place.offset() + picks, place.random(), place.nanos(), plan.ramping());
    keys = RequestKey.of(config.ownPolicy(), config.hash());
    choice =
        plan.choice(
            config.ownPolicy(), setting, lane, false, before == null ? null : before.choice);
    affinity = same ? before.affinity : affinity();
    metrics = lane.balancer(plan.upstream().name());
    metrics.panic(plan.panic());
    shadow = config.shadow().enabled() ? shadow(config, before) : null;
  }

  private Affinity affinity() {
    boolean enabled = upstream().config().balancer().affinity().enabled();
    return enabled ? new Affinity(upstream(), lane) : null;
  }

  private Shadow shadow(BalancerConfig config, UpstreamView before) {
    String policy = config.shadow().policy();
    RequestKey shadowKeys = RequestKey.of(policy, config.hash());
    Choice known = before == null || before.shadow == null ? null : before.shadow.choice();
    return new Shadow(plan.choice(policy, setting, lane, true, known), shadowKeys, metrics);
  }

  /** Up to which change of the upstream it knows. */
  long version() {
    return version;
  }

  Upstream upstream() {
    return plan.upstream();
  }

  Plan plan() {
    return plan;
  }

  BalancerMetrics metrics() {
    return metrics;
  }

  /** Whether a verticle on the bus picks. */
  boolean isRemote() {
    return upstream().config().balancer().address() != null;
  }

  /** The endpoint for the next attempt of an exchange; {@code null} when none may be used. */
  Endpoint pick(Exchange exchange) {
    picks++;
    boolean first = !exchange.retried();
    Endpoint bound = affinity != null && first ? bound(exchange) : null;
    Endpoint picked = bound != null ? bound : choose(exchange);
    if (picked == null) {
      metrics.none(!first);
    } else if (shadow != null && first) {
      shadow.follow(exchange, picked, bound != null, setting.random());
    }
    return picked;
  }

  private Endpoint bound(Exchange exchange) {
    Endpoint bound = affinity.find(exchange, setting.nanos().getAsLong());
    if (bound != null) {
      metrics.affinity(true);
    }
    return bound;
  }

  private Endpoint choose(Exchange exchange) {
    Endpoint picked = choice.pick(exchange, keys.of(exchange, setting.random()));
    if (picked != null) {
      bind(exchange, picked);
    }
    return picked;
  }

  private void bind(Exchange exchange, Endpoint picked) {
    if (affinity != null) {
      affinity.bind(exchange, picked);
      metrics.affinity(false);
    }
  }

  /**
   * The endpoint that a verticle picked.
   *
   * @param id what it calls it
   * @return {@code null} when there is none of that name that may be used
   */
  Endpoint accept(Exchange exchange, String id) {
    for (Endpoint endpoint : upstream().endpoints()) {
      if (endpoint.id().equals(id) && endpoint.usable() && !exchange.tried(endpoint)) {
        picks++;
        lane.picks(endpoint.upstream(), id).picked();
        bind(exchange, endpoint);
        return endpoint;
      }
    }
    return null;
  }
}
