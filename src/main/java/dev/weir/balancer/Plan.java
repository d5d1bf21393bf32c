package dev.weir.balancer;

import dev.weir.balancer.policy.Setting;
import dev.weir.config.BalancerConfig;
import dev.weir.metrics.LaneMetrics;
import dev.weir.node.Endpoint;
import dev.weir.node.Upstream;
import java.util.List;
import java.util.function.ToIntFunction;

/** Who of an upstream gets traffic at one moment, and how much. What policies are built over. */
final class Plan {

  private final Upstream upstream;
  private final long now;
  private final List<Level> levels;
  private final Shares shares;
  private final SlowStart slowStart;
  private final boolean ramping;

  /**
   * @param zone the zone of this node; {@code null} for none
   * @param now the time in nanoseconds
   */
  Plan(Upstream upstream, String zone, long now) {
    BalancerConfig config = upstream.config().balancer();
    this.upstream = upstream;
    this.now = now;
    String preferred = config.preferZone() ? zone : null;
    levels = Level.of(upstream.endpoints(), preferred, config.healthAware());
    shares = Level.shares(levels, config.overprovisioningPercent(), config.panicPercent());
    slowStart = new SlowStart(config.slowStart());
    ramping = levels.stream().flatMap(level -> level.members().stream()).anyMatch(this::isNew);
  }

  private boolean isNew(Endpoint endpoint) {
    return slowStart.percent(endpoint, now) < SlowStart.WHOLE;
  }

  Upstream upstream() {
    return upstream;
  }

  /** Whether the weights of new endpoints will have grown after {@link #stepMillis()}. */
  boolean ramping() {
    return ramping;
  }

  long stepMillis() {
    return slowStart.stepMillis();
  }

  /** Whether unhealthy endpoints are in use. */
  boolean panic() {
    for (int i = 0; i < levels.size(); i++) {
      if (shares.panic(i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A policy over it.
   *
   * @param shadow whether it only looks on
   * @param before the one that it replaces; {@code null} for none
   */
  Choice choice(
      String policy, Setting setting, LaneMetrics metrics, boolean shadow, Choice before) {
    BalancerConfig config = upstream.config().balancer();
    return new Choice(
        policy, config, levels, shares, weight(policy), setting, metrics, shadow, before);
  }

  /** In percent, as reported; a hundredth of the greatest weight still is a share. */
  private int reportedWeight(Endpoint endpoint) {
    long whole = (long) endpoint.weight() * endpoint.reportedPercent();
    long weight = ramping ? whole * slowStart.percent(endpoint, now) / SlowStart.WHOLE : whole;
    return (int) Math.max(1, weight);
  }

  /** Weights are in percent while an endpoint is new. */
  private ToIntFunction<Endpoint> weight(String policy) {
    if (policy.equals(BalancerConfig.REPORTED_LOAD)) {
      return this::reportedWeight;
    }
    boolean even = policy.equals(BalancerConfig.ROUND_ROBIN);
    if (!ramping) {
      return endpoint -> even ? 1 : endpoint.weight();
    }
    return endpoint -> (even ? 1 : endpoint.weight()) * slowStart.percent(endpoint, now);
  }
}
