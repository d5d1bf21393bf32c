package dev.weir.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.BalancerConfig;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that look at what is in flight. */
class LoadPoliciesTest {

  private static void begin(Members members, int member, int times) {
    for (int i = 0; i < times; i++) {
      members.loads()[member].begin();
    }
  }

  private static Selector selector(String policy, Members members) {
    return Bench.policy(policy).selector(members, Bench.setting());
  }

  @Test
  void leastConnections_takesTheLeastLoadedForItsWeight() {
    Members members = Bench.members(1, 2, 1);
    begin(members, 0, 2);
    begin(members, 1, 3);
    begin(members, 2, 2);
    Selector selector = selector(BalancerConfig.LEAST_CONNECTIONS, members);
    assertThat(selector.select(0)).isEqualTo(1);
    begin(members, 1, 2);
    members.loads()[2].end();
    assertThat(selector.select(0)).isEqualTo(2);
  }

  @Test
  void leastConnections_ofTwoLanesKeepsAllLevel() {
    Members members = Bench.even(7);
    Selector one = selector(BalancerConfig.LEAST_CONNECTIONS, members);
    Selector other = selector(BalancerConfig.LEAST_CONNECTIONS, members);
    for (int i = 0; i < 700; i++) {
      members.loads()[(i % 2 == 0 ? one : other).select(0)].begin();
    }
    for (int i = 0; i < 7; i++) {
      assertThat(members.loads()[i].inFlight()).isEqualTo(100);
    }
  }

  @Test
  void leastConnections_ofManyMembersStaysCloseToTheLeast() {
    Members members = Bench.even(1000);
    Selector selector = selector(BalancerConfig.LEAST_CONNECTIONS, members);
    for (int i = 0; i < 10_000; i++) {
      members.loads()[selector.select(0)].begin();
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(members.loads()[i].inFlight()).isBetween(5, 13);
    }
  }

  @Test
  void leastRequest_neverTakesTheWorseOfTwo() {
    Members members = Bench.even(2);
    begin(members, 0, 1);
    Selector selector = selector(BalancerConfig.LEAST_REQUEST, members);
    int[] picks = Bench.picks(selector, 2, 10_000);
    // Both draws are the worse one when five draws in a row are: one time in 32.
    assertThat(picks[0]).isBetween(200, 430);
  }

  @Test
  void peakEwma_prefersTheFaster() {
    Members members = Bench.even(2);
    members.loads()[0].latency().observe(10_000_000, 0);
    members.loads()[1].latency().observe(1_000_000, 0);
    int[] picks = Bench.picks(selector(BalancerConfig.PEAK_EWMA, members), 2, 10_000);
    assertThat(picks[1]).isGreaterThan(9_500);
  }

  @Test
  void peakEwma_asksTheUnknownOnceAndWaitsForItsAnswer() {
    Members members = Bench.even(2);
    members.loads()[0].latency().observe(1_000_000, 0);
    Selector selector = selector(BalancerConfig.PEAK_EWMA, members);
    assertThat(Bench.picks(selector, 2, 100)[1]).isGreaterThan(90);
    begin(members, 1, 1);
    assertThat(Bench.picks(selector, 2, 100)[1]).isLessThan(10);
  }

  @Test
  void peakEwma_goesByWhatIsInFlightAmongEquals() {
    Members members = Bench.even(2);
    members.loads()[0].latency().observe(1_000_000, 0);
    members.loads()[1].latency().observe(1_000_000, 0);
    begin(members, 0, 3);
    assertThat(Bench.picks(selector(BalancerConfig.PEAK_EWMA, members), 2, 1000)[1])
        .isGreaterThan(900);
  }

  @Test
  void first_fillsOneAfterTheOther() {
    Members members = Bench.even(3);
    BalancerConfig config = Bench.config(new JsonObject().put("firstMaxInFlight", 2));
    Selector selector = Policies.of("first", config).selector(members, Bench.setting());
    StringBuilder order = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      int member = selector.select(0);
      order.append(member);
      begin(members, member, 1);
    }
    assertThat(order).hasToString("001122012");
    members.loads()[1].end();
    members.loads()[1].end();
    assertThat(selector.select(0)).isEqualTo(1);
  }

  /** A hot key and others, kept in flight for a while. */
  @ParameterizedTest
  @ValueSource(strings = {"maglev", "ring"})
  void boundedLoad_neverExceedsItsCap(String table) {
    int percent = 125;
    Members members = Bench.uneven(20);
    JsonObject hash = new JsonObject().put("table", table).put("maxLoadPercent", percent);
    BalancerConfig config = Bench.config(new JsonObject().put("hash", hash));
    Selector selector = Policies.of("hash", config).selector(members, Bench.setting());
    Random random = new Random(3);
    ArrayDeque<Integer> inFlight = new ArrayDeque<>();
    for (int i = 0; i < 200_000; i++) {
      int member = selector.select(random.nextInt(10) < 7 ? 1 : random.nextInt());
      begin(members, member, 1);
      inFlight.add(member);
      int all = members.loads()[0].whole().inFlight();
      double share = (double) all * members.weights()[member] / members.totalWeight();
      assertThat(members.loads()[member].inFlight())
          .as("pick %s", i)
          .isLessThanOrEqualTo((int) Math.ceil(share * percent / 100));
      if (inFlight.size() > random.nextInt(300)) {
        members.loads()[inFlight.poll()].end();
      }
    }
  }

  @Test
  void boundedLoad_keepsKeysAtHomeWhileThereIsRoom() {
    Members members = Bench.even(10);
    JsonObject hash = new JsonObject().put("maxLoadPercent", 150);
    Selector bounded =
        Policies.of("hash", Bench.config(new JsonObject().put("hash", hash)))
            .selector(members, Bench.setting());
    Selector plain = selector(BalancerConfig.HASH, members);
    for (int key = 0; key < 1000; key++) {
      assertThat(bounded.select(key)).isEqualTo(plain.select(key));
    }
  }
}
