package dev.weir.balancer;

import dev.weir.balancer.policy.Policies;
import dev.weir.balancer.policy.Policy;
import dev.weir.balancer.policy.Setting;
import dev.weir.config.BalancerConfig;
import dev.weir.exchange.Exchange;
import dev.weir.metrics.LaneMetrics;
import dev.weir.node.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/** One policy over the levels of an upstream. Used by one thread. */
final class Choice {

  private static final int WHOLE = 100;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final String name;
  private final BalancerConfig config;
  private final boolean brief;
  private final Tier[] tiers;
  private final int[] upTo;
  private final SplittableRandom random;
  private final boolean keyed;

  /**
   * @param name the policy
   * @param weight what an endpoint weighs
   * @param lane where picks are counted
   * @param before the choice that it replaces; {@code null} for none
   */
  Choice(
      String name,
      BalancerConfig config,
      List<Level> levels,
      Shares shares,
      ToIntFunction<Endpoint> weight,
      Setting setting,
      LaneMetrics lane,
      boolean shadow,
      Choice before) {
    this.name = name;
    this.config = config;
    brief = setting.brief();
    Policy policy = Policies.of(name, config);
    List<Tier> used = new ArrayList<>();
    int[] bounds = new int[levels.size()];
    int sum = 0;
    for (int i = 0; i < levels.size(); i++) {
      if (shares.percent(i) > 0) {
        Level level = levels.get(i);
        List<Endpoint> members = shares.panic(i) ? level.members() : level.healthy();
        sum += shares.percent(i);
        bounds[used.size()] = sum;
        Tier known = isLike(before) ? before.tier(used.size()) : null;
        used.add(new Tier(members, weight, policy, setting, lane, shadow, known));
      }
    }
    tiers = used.toArray(Tier[]::new);
    upTo = bounds;
    random = setting.random();
    keyed = RequestKey.isUsedBy(name);
  }

  /** Whether another one, or none, would select the same of the same. */
  private boolean isLike(Choice other) {
    return other != null
        && other.name.equals(name)
        && other.config.equals(config)
        && other.brief == brief;
  }

  private Tier tier(int place) {
    return place < tiers.length ? tiers[place] : null;
  }

  /**
   * The endpoint for the next attempt.
   *
   * @return {@code null} when there is none, or none that the exchange has not tried
   */
  Endpoint pick(Exchange exchange, long key) {
    if (tiers.length == 0) {
      return null;
    }
    int tier = tiers.length == 1 ? 0 : draw(key);
    return exchange.retried() ? pickUntried(exchange, tier, key) : tiers[tier].pick(key);
  }

  private int draw(long key) {
    int point = keyed ? (int) ((key * GOLDEN >>> 33) % WHOLE) : random.nextInt(WHOLE);
    int tier = 0;
    while (point >= upTo[tier]) {
      tier++;
    }
    return tier;
  }

  private Endpoint pickUntried(Exchange exchange, int start, long key) {
    for (int i = 0; i < tiers.length; i++) {
      Endpoint endpoint = tiers[(start + i) % tiers.length].pickUntried(exchange, key);
      if (endpoint != null) {
        return endpoint;
      }
    }
    return null;
  }
}
