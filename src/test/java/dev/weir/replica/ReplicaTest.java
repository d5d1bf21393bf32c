package dev.weir.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.EndpointConfig;
import dev.weir.config.UpstreamConfig;
import dev.weir.config.WeirConfig;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Replicas whose messages are late, lost and out of order. Every change adds one to a weight. */
class ReplicaTest {

  private static final int SEEDS = 60;

  private static WeirConfig config(int weight, String configuration, int minNodes) {
    JsonObject endpoint =
        new JsonObject().put("host", "10.0.0.1").put("port", 80).put("weight", weight);
    JsonObject upstream = new JsonObject().put("endpoints", new JsonArray().add(endpoint));
    return WeirConfig.of(
        new JsonObject()
            .put("upstreams", new JsonObject().put("u", upstream))
            .put(
                "cluster",
                new JsonObject().put("configuration", configuration).put("minNodes", minNodes)));
  }

  private static WeirConfig config(int weight) {
    return config(weight, "shared", 1);
  }

  private static int weight(WeirConfig config) {
    return config.upstreams().get("u").endpoints().get(0).weight();
  }

  private static UnaryOperator<WeirConfig> set(UnaryOperator<Integer> change) {
    return config -> {
      UpstreamConfig upstream = config.upstreams().get("u");
      EndpointConfig endpoint = upstream.endpoints().get(0);
      int next = change.apply(endpoint.weight());
      return config.with(upstream.with(List.of(endpoint.withWeight(next))));
    };
  }

  private static Proposal proposal(UnaryOperator<Integer> change, long ttlMillis) {
    JsonObject details = new JsonObject().put("op", "test");
    return new Proposal(null, false, ttlMillis, details, set(change), null);
  }

  private static Proposal addOne() {
    return proposal(weight -> weight + 1, 0);
  }

  private final Random random = new Random(1);
  private final FakeCluster cluster = new FakeCluster(random);
  private final FakeCluster.Shared shared = new FakeCluster.Shared();

  private FakeCluster.Member join(WeirConfig own) {
    FakeCluster.Member member = cluster.member(own, shared);
    Future<Void> joined = member.replica.join();
    cluster.settle();
    assertThat(joined.succeeded()).isTrue();
    return member;
  }

  private Future<Outcome> propose(FakeCluster.Member member, Proposal proposal) {
    Future<Outcome> outcome = member.replica.propose(proposal);
    cluster.settle();
    return outcome;
  }

  @Test
  void changesOfAllNodes_areAllMadeOnceInOneOrder() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random chance = new Random(seed);
      FakeCluster nodes = new FakeCluster(chance);
      FakeCluster.Shared map = new FakeCluster.Shared();
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        nodes.member(config(0), map).replica.join();
      }
      for (int i = 0; i < 300; i++) {
        if (chance.nextInt(3) == 0) {
          FakeCluster.Member one = nodes.members.get(chance.nextInt(nodes.members.size()));
          outcomes.add(one.replica.propose(addOne()));
        }
        if (chance.nextInt(10) == 0) {
          nodes.members.get(chance.nextInt(3)).replica.look();
        }
        if (i == 150) {
          nodes.member(config(77), map).replica.join();
        }
        for (int s = chance.nextInt(12); s > 0; s--) {
          nodes.step();
        }
      }
      nodes.settle();
      assertThat(outcomes).as("seed %d", seed).allMatch(Future::succeeded);
      HashSet<Long> versions = new HashSet<>();
      outcomes.forEach(outcome -> versions.add(outcome.result().version()));
      assertThat(versions).as("each has its own version").hasSize(outcomes.size());
      for (FakeCluster.Member member : nodes.members) {
        assertThat(weight(member.config)).as("seed %d", seed).isEqualTo(outcomes.size());
        assertThat(member.versions).as("versions grow").isSorted().doesNotHaveDuplicates();
        assertThat(member.replica.history()).hasSize(Math.min(100, outcomes.size()));
      }
    }
  }

  @Test
  void nodeThatJoins_takesTheConfigurationOfTheOthers() {
    FakeCluster.Member first = join(config(1));
    propose(first, addOne());
    FakeCluster.Member second = join(config(50));
    assertThat(weight(second.config)).isEqualTo(2);
    assertThat(second.versions).containsExactly(2L);
    assertThat(second.replica.history()).hasSize(1);
  }

  @Test
  void nodeThatSeeds_givesItsOwnToTheOthers() {
    FakeCluster.Member first = join(config(1));
    FakeCluster.Member second = join(config(50, "seed", 1));
    assertThat(weight(first.config)).isEqualTo(50);
    assertThat(weight(second.config)).isEqualTo(50);
    assertThat(first.config.cluster().seeds()).as("what is its own stays").isFalse();
  }

  @Test
  void staleVersion_isRefused() {
    FakeCluster.Member member = join(config(1));
    propose(member, addOne());
    Proposal old = new Proposal(1L, false, 0, new JsonObject(), set(weight -> 9), null);
    assertThat(propose(member, old).cause())
        .isInstanceOfSatisfying(
            Rejection.Stale.class, stale -> assertThat(stale.version()).isEqualTo(2));
    assertThat(weight(member.config)).isEqualTo(2);
  }

  @Test
  void dryRun_saysWhatWouldChange() {
    FakeCluster.Member member = join(config(1));
    Proposal dry = new Proposal(null, true, 0, new JsonObject(), set(weight -> 9), null);
    Outcome outcome = propose(member, dry).result();
    assertThat(outcome.delta().paths()).containsExactly("/upstreams/u");
    assertThat(outcome.version()).isEqualTo(1);
    assertThat(weight(member.config)).isEqualTo(1);
  }

  @Test
  void whatBelongsToOneNode_cannotBeChanged() {
    FakeCluster.Member member = join(config(1));
    Proposal other = Proposal.of(new JsonObject(), config -> config(1, "own", 1));
    assertThat(propose(member, other).cause())
        .isInstanceOf(Rejection.Local.class)
        .hasMessageContaining("cluster");
  }

  @Test
  void changeForAWhile_isTakenBackOnce() {
    FakeCluster.Member first = join(config(5));
    FakeCluster.Member second = join(config(5));
    propose(first, proposal(weight -> 0, 1000));
    assertThat(weight(second.config)).isZero();
    cluster.pass(999);
    cluster.settle();
    assertThat(weight(second.config)).isZero();
    cluster.pass(1);
    cluster.settle();
    assertThat(List.of(weight(first.config), weight(second.config))).containsExactly(5, 5);
    cluster.pass(10_000);
    cluster.settle();
    assertThat(second.replica.history()).hasSize(2);
  }

  @Test
  void changeForAWhile_isTakenBackByOthersWhenItsNodeIsGone() {
    FakeCluster.Member first = join(config(5));
    join(config(5));
    propose(first, proposal(weight -> 0, 1000));
    first.alive = false;
    FakeCluster.Member third = join(config(5));
    assertThat(weight(third.config)).isZero();
    cluster.pass(1000 + Reverts.PATIENCE_MILLIS);
    cluster.settle();
    assertThat(weight(third.config)).isEqualTo(5);
    assertThat(third.replica.history()).hasSize(2);
  }

  @Test
  void changeForAWhile_leavesWhatSomebodyHasSetSince() {
    FakeCluster.Member member = join(config(5));
    propose(member, proposal(weight -> 0, 1000));
    propose(member, proposal(weight -> 7, 0));
    cluster.pass(1000);
    cluster.settle();
    assertThat(weight(member.config)).isEqualTo(7);
  }

  @Test
  void splitNodes_agreeAgainAndVersionsGrow() {
    FakeCluster.Member first = join(config(1));
    FakeCluster.Member second = join(config(1));
    propose(first, addOne());
    FakeCluster.Shared smaller = shared.copy();
    second.shared = smaller;
    shared.members = 1;
    smaller.members = 1;
    propose(first, proposal(weight -> 10, 0));
    propose(second, proposal(weight -> 20, 0));
    propose(second, addOne());
    shared.merge(smaller);
    second.shared = shared;
    cluster.settle();
    assertThat(List.of(weight(first.config), weight(second.config))).containsExactly(10, 10);
    assertThat(second.versions).isSorted().doesNotHaveDuplicates().endsWith(5L);
    assertThat(first.versions).isSorted().doesNotHaveDuplicates().endsWith(5L);
  }

  @Test
  void changesOfTheSmallerPart_areGoneWhenItIsWholeAgain() {
    FakeCluster.Member first = join(config(1));
    FakeCluster.Member second = join(config(1));
    propose(first, addOne());
    FakeCluster.Shared smaller = shared.copy();
    second.shared = smaller;
    propose(second, addOne());
    propose(second, addOne());
    shared.merge(smaller);
    second.shared = shared;
    cluster.settle();
    assertThat(List.of(weight(first.config), weight(second.config))).containsExactly(2, 2);
    assertThat(second.versions).isSorted().doesNotHaveDuplicates();
    assertThat(propose(second, addOne()).succeeded()).isTrue();
    assertThat(List.of(weight(first.config), weight(second.config))).containsExactly(3, 3);
  }

  @Test
  void nodeInTheSmallerPart_changesNothing() {
    FakeCluster.Member first = join(config(1, "shared", 2));
    join(config(1, "shared", 2));
    shared.members = 1;
    assertThat(propose(first, addOne()).cause()).isInstanceOf(Rejection.Unavailable.class);
    assertThat(first.replica.isWhole()).isFalse();
    shared.members = 2;
    assertThat(propose(first, addOne()).succeeded()).isTrue();
    assertThat(first.replica.isWhole()).isTrue();
  }

  @Test
  void nodeThatCannotAsk_saysSoAndCatchesUp() {
    FakeCluster.Member first = join(config(1));
    FakeCluster.Member second = join(config(1));
    second.reachable = false;
    assertThat(propose(second, addOne()).cause()).isInstanceOf(Rejection.Unavailable.class);
    assertThat(second.replica.isWhole()).isFalse();
    propose(first, addOne());
    second.reachable = true;
    cluster.settle();
    assertThat(second.replica.isWhole()).isTrue();
    assertThat(weight(second.config)).isEqualTo(2);
  }

  @Test
  void lostMap_isPutBack() {
    FakeCluster.Member first = join(config(1));
    propose(first, addOne());
    shared.lose();
    cluster.settle();
    assertThat(propose(first, addOne()).succeeded()).isTrue();
    FakeCluster.Member second = join(config(1));
    assertThat(weight(second.config)).isEqualTo(3);
    assertThat(second.replica.history()).hasSize(2);
  }

  @Test
  void nodeThatHasMissedMoreThanIsKept_takesTheWhole() {
    FakeCluster.Member first = join(config(0));
    FakeCluster.Member second = join(config(0));
    FakeCluster.Shared elsewhere = shared.copy();
    second.shared = elsewhere;
    for (int i = 0; i < 3 * Chain.HISTORY; i++) {
      first.replica.propose(addOne());
      while (cluster.step()) {
        continue;
      }
    }
    second.shared = shared;
    cluster.settle();
    assertThat(weight(second.config)).isEqualTo(3 * Chain.HISTORY);
    assertThat(second.replica.history()).hasSize(Chain.HISTORY);
  }

  @Test
  void nodeThatLeaves_failsWhatWaits() {
    FakeCluster.Member member = join(config(1));
    Future<Outcome> one = member.replica.propose(addOne());
    Future<Outcome> two = member.replica.propose(addOne());
    member.replica.leave();
    cluster.settle();
    assertThat(one.isComplete()).isTrue();
    assertThat(two.cause()).isInstanceOf(Rejection.Unavailable.class);
  }

  @Test
  void proposalToNodeThatHasLeft_fails() {
    FakeCluster.Member member = join(config(1));
    member.replica.leave();
    cluster.settle();
    Future<Outcome> late = propose(member, addOne());
    assertThat(late.cause()).isInstanceOf(Rejection.Unavailable.class);
  }

  @Test
  void whatOnlySaysItIsAChange_changesNothing() {
    FakeCluster.Member member = join(config(1));
    propose(member, addOne());
    Entry last = member.replica.history().get(0);
    JsonObject forged = last.toJson().put("node", "somebody").put("parent", last.head().text());
    for (String head : new String[] {"9 forged", "forged", "", last.head().text()}) {
      member.replica.heard(forged.copy().put("head", head));
    }
    for (Object garbage : new Object[] {"text", 7, new JsonObject(), forged.put("head", 3)}) {
      member.replica.heard(garbage);
    }
    cluster.settle();
    assertThat(weight(member.config)).isEqualTo(2);
    assertThat(member.versions).containsExactly(2L);
    assertThat(propose(member, addOne()).result().version()).isEqualTo(3);
  }

  @Test
  void whoeverBegins_isTheFounder() {
    FakeCluster.Member first = join(config(1));
    FakeCluster.Member second = join(config(50));
    FakeCluster.Member third = join(config(70, "seed", 1));
    assertThat(first.replica.isFounder()).isTrue();
    assertThat(second.replica.isFounder()).isFalse();
    assertThat(third.replica.isFounder()).isFalse();
  }
}
