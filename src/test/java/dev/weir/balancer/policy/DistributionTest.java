package dev.weir.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.BalancerConfig;
import io.vertx.core.json.JsonObject;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A million picks with nothing in flight: shares are what the weights say. */
class DistributionTest {

  private static final int PICKS = 1_000_000;

  /** Three standard deviations; with a fixed seed a share is within them always or never. */
  private static final double SIGMAS = 3;

  private static int[] picks(String policy, Members members) {
    Selector selector = Bench.policy(policy).selector(members, Bench.setting());
    return Bench.picks(selector, members.size(), PICKS);
  }

  /** Within 0.5 percent of the share, and within one pick of it. */
  private static void assertExact(int[] picks, Members members) {
    for (int i = 0; i < picks.length; i++) {
      double expected = (double) PICKS * members.weights()[i] / members.totalWeight();
      assertThat((double) picks[i])
          .as("member %s", i)
          .isBetween(expected * 0.995 - 1, expected * 1.005 + 1);
    }
  }

  /** How many members are further from their share than chance allows for. */
  private static long outliers(int[] picks, Members members) {
    return IntStream.range(0, picks.length)
        .filter(
            i -> {
              double share = (double) members.weights()[i] / members.totalWeight();
              double sigma = Math.sqrt(PICKS * share * (1 - share));
              return Math.abs(picks[i] - PICKS * share) > SIGMAS * sigma + 1e-9;
            })
        .count();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1000})
  void roundRobin_ignoresWeights(int size) {
    assertExact(picks(BalancerConfig.ROUND_ROBIN, Bench.even(size)), Bench.even(size));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1000})
  void weightedRoundRobin_goesByWeight(int size) {
    Members members = Bench.uneven(size);
    assertExact(picks(BalancerConfig.WEIGHTED_ROUND_ROBIN, members), members);
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 100, 1000})
  void weightedRoundRobin_goesByManyDistinctWeights(int size) {
    Members members = Bench.members(IntStream.rangeClosed(1000, 1000 + size).toArray());
    assertThat(WeightGroups.fit(members.weights())).isFalse();
    assertExact(picks(BalancerConfig.WEIGHTED_ROUND_ROBIN, members), members);
  }

  @ParameterizedTest
  @CsvSource({
    "random, 1",
    "random, 2",
    "random, 3",
    "random, 10",
    "random, 1000",
    "least-request, 1",
    "least-request, 2",
    "least-request, 3",
    "least-request, 10",
    "least-request, 1000"
  })
  void randomPolicies_goByWeightWithinChance(String policy, int size) {
    Members members = Bench.uneven(size);
    // Of 1000 members 2.7 are beyond three standard deviations on average.
    assertThat(outliers(picks(policy, members), members)).isLessThanOrEqualTo(size / 100);
  }

  /** Three picks of each, a hundred thousand times: the light one gets its 1 in 31. */
  @Test
  void briefSelectors_areRightFromTheFirstPickOn() {
    Members members = Bench.members(100, 100, 100, 10);
    Setting brief = new Setting(0, new SplittableRandom(3), () -> 0, true);
    Policy policy = Bench.policy(BalancerConfig.ROUND_ROBIN);
    int light = 0;
    for (int i = 0; i < 100_000; i++) {
      light += Bench.picks(policy.selector(members, brief), 4, 3)[3];
    }
    double expected = 300_000 / 31.0;
    assertThat((double) light).isBetween(expected * 0.95, expected * 1.05);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 64})
  void leastConnections_spreadsTies(int size) {
    Members members = Bench.even(size);
    assertExact(picks(BalancerConfig.LEAST_CONNECTIONS, members), members);
  }

  /** A member of weight 1 has 33 points on the ring: 0.6 is three and a half deviations. */
  @ParameterizedTest
  @CsvSource({"maglev, 0.01", "ring, 0.6"})
  void hash_spreadsKeysByWeight(String table, double tolerance) {
    Members members = Bench.uneven(100);
    JsonObject hash = new JsonObject().put("table", table);
    BalancerConfig config = Bench.config(new JsonObject().put("hash", hash));
    Selector selector = Policies.of(BalancerConfig.HASH, config).selector(members, Bench.setting());
    int[] picks = Bench.picks(selector, members.size(), PICKS);
    for (int i = 0; i < picks.length; i++) {
      double expected = (double) PICKS * members.weights()[i] / members.totalWeight();
      double chance = 3 * Math.sqrt(expected);
      assertThat(picks[i] - expected)
          .as("member %s of %s", i, expected)
          .isBetween(-tolerance * expected - chance, tolerance * expected + chance);
    }
  }
}
