package dev.weir.balancer;

import dev.weir.balancer.policy.Setting;
import dev.weir.config.BalancerConfig;
import dev.weir.exchange.Exchange;
import dev.weir.node.Endpoint;
import dev.weir.node.Upstream;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * What one lane knows of an upstream: who may be used, how much each weighs, and the policy over
 * them, built once and replaced whole on every change. Used by the lane's thread alone.
 */
final class UpstreamView {

  private final Upstream upstream;
  private final String zone;
  private final Setting setting;
  private final Affinity affinity;
  private final Choice choice;
  private final RequestKey keys;
  private final Shadow shadow;
  private final SlowStart slowStart;
  private final boolean ramping;
  private final boolean remote;
  private int picks;

  /**
   * @param zone the zone of this node; {@code null} for none
   * @param before the view that this one replaces; {@code null} for none
   * @param lane where it works
   * @param now the time in nanoseconds
   */
  UpstreamView(Upstream upstream, String zone, UpstreamView before, Setting lane, long now) {
    BalancerConfig config = upstream.config().balancer();
    boolean same = before != null && before.upstream == upstream;
    this.upstream = upstream;
    this.zone = zone;
    picks = before == null ? 0 : before.picks;
    setting = new Setting(lane.offset() + picks, lane.random(), lane.nanos());
    affinity = same ? before.affinity : affinity(upstream);
    remote = config.address() != null;
    slowStart = new SlowStart(config.slowStart());
    List<Level> levels =
        Level.of(upstream.endpoints(), config.preferZone() ? zone : null, config.healthAware());
    Shares shares = Level.shares(levels, config.overprovisioningPercent(), config.panicPercent());
    ramping = levels.stream().anyMatch(level -> isRamping(level, now));
    keys = RequestKey.of(config.ownPolicy(), config.hash());
    choice = choice(config.ownPolicy(), levels, shares, now, false);
    shadow =
        config.shadow().enabled()
            ? new Shadow(
                choice(config.shadow().policy(), levels, shares, now, true),
                RequestKey.of(config.shadow().policy(), config.hash()))
            : null;
  }

  private static Affinity affinity(Upstream upstream) {
    boolean enabled = upstream.config().balancer().affinity().enabled();
    return enabled ? new Affinity(upstream) : null;
  }

  private Choice choice(
      String policy, List<Level> levels, Shares shares, long now, boolean shadow) {
    BalancerConfig config = upstream.config().balancer();
    return new Choice(policy, config, levels, shares, weight(policy, now), setting, shadow);
  }

  /** Weights are in percent while an endpoint is new. */
  private ToIntFunction<Endpoint> weight(String policy, long now) {
    boolean even = policy.equals(BalancerConfig.ROUND_ROBIN);
    if (!ramping) {
      return endpoint -> even ? 1 : endpoint.weight();
    }
    return endpoint -> (even ? 1 : endpoint.weight()) * slowStart.percent(endpoint, now);
  }

  private boolean isRamping(Level level, long now) {
    return level.members().stream()
        .anyMatch(endpoint -> slowStart.percent(endpoint, now) < SlowStart.WHOLE);
  }

  /** Whether it shows this upstream to a node in this zone. */
  boolean isOf(Upstream upstream, String zone) {
    return this.upstream == upstream && Objects.equals(this.zone, zone);
  }

  Upstream upstream() {
    return upstream;
  }

  /** Whether a verticle on the bus picks. */
  boolean isRemote() {
    return remote;
  }

  /** Whether it has to be built again because the weights of new endpoints grow. */
  boolean ramping() {
    return ramping;
  }

  /** How long until then. */
  long stepMillis() {
    return slowStart.stepMillis();
  }

  /** The endpoint for the next attempt of an exchange; {@code null} when none may be used. */
  Endpoint pick(Exchange exchange) {
    boolean first = !exchange.retried();
    long key = keys.of(exchange, setting.random());
    Endpoint bound = affinity != null && first ? bound(exchange) : null;
    Endpoint picked = bound != null ? bound : choice.pick(exchange, key);
    picked(exchange, picked, bound != null);
    if (shadow != null && first && picked != null) {
      shadow.follow(exchange, picked, bound != null, setting.random());
    }
    return picked;
  }

  private Endpoint bound(Exchange exchange) {
    return affinity.find(exchange, setting.nanos().getAsLong());
  }

  private void picked(Exchange exchange, Endpoint picked, boolean bound) {
    picks++;
    if (affinity != null && !bound && picked != null) {
      affinity.bind(exchange, picked);
    }
  }

  /** The endpoint that somebody else picked, if it may be used. */
  Endpoint accept(Exchange exchange, String id) {
    for (Endpoint endpoint : upstream.endpoints()) {
      if (endpoint.id().equals(id) && endpoint.usable() && !exchange.tried(endpoint)) {
        picked(exchange, endpoint, false);
        return endpoint;
      }
    }
    return null;
  }
}
