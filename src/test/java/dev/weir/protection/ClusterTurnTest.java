package dev.weir.protection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.CircuitBreakerConfig;
import dev.weir.config.ObjectReader;
import dev.weir.resilience.CircuitBreaker;
import dev.weir.resilience.State;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two nodes whose breakers are open; time moves by hand, and answers come when they are let. */
class ClusterTurnTest {
  private static final long MILLI = 1_000_000;
  private static final CircuitBreakerConfig CONFIG =
      ObjectReader.parse(
          new JsonObject()
              .put("failureThreshold", 1)
              .put("successThreshold", 1)
              .put("openMillis", 100)
              .put("openJitterPercent", 0)
              .put("trialMillis", 1000)
              .put("halfOpen", "cluster"),
          CircuitBreakerConfig::read);

  private record Held(String node, long until) {}

  /** What the cluster knows. */
  private final Map<String, Held> map = new HashMap<>();

  private final List<Runnable> answers = new ArrayList<>();
  private long slackMillis;
  private long now;

  private final class NodeClaims implements Claims {
    private final String node;
    private boolean needed = true;

    NodeClaims(String node) {
      this.node = node;
    }

    @Override
    public boolean needed() {
      return needed;
    }

    @Override
    public Future<Boolean> take(String key, long millis) {
      Promise<Boolean> promise = Promise.promise();
      Held held = map.get(key);
      boolean free = held == null || now >= held.until;
      if (free) {
        map.put(key, new Held(node, now + (millis + slackMillis) * MILLI));
      }
      answers.add(() -> promise.complete(free));
      return promise.future();
    }

    @Override
    public void release(String key) {
      map.computeIfPresent(key, (k, held) -> held.node.equals(node) ? null : held);
    }
  }

  private final class Tester {
    private final NodeClaims claims;
    private final ClusterTurn turn;
    private final CircuitBreaker breaker;

    Tester(String node) {
      claims = new NodeClaims(node);
      turn = new ClusterTurn(claims, "orders", CONFIG.trialMillis(), () -> now);
      breaker = new CircuitBreaker(CONFIG, () -> 0, change -> {}, turn, now);
      turn.of(breaker);
      breaker.acquire(now).answered(true, 0, now);
      assertThat(breaker.state()).isEqualTo(State.OPEN);
    }
  }

  private final Tester a = new Tester("a");
  private final Tester b = new Tester("b");

  private void tick(long millis) {
    now += millis * MILLI;
    a.breaker.poll(now);
    b.breaker.poll(now);
  }

  private void answer() {
    List<Runnable> due = List.copyOf(answers);
    answers.clear();
    due.forEach(Runnable::run);
  }

  @Test
  void oneOfTwoTriesAndTheOtherAsksAgainOnlyAfterAWhile() {
    tick(99);
    assertThat(answers).isEmpty();
    tick(1);
    assertThat(a.breaker.acquire(now)).as("nobody knows yet").isNull();
    tick(1);
    assertThat(answers).as("each asks once").hasSize(2);
    answer();
    assertThat(a.breaker.state()).isEqualTo(State.HALF_OPEN);
    assertThat(b.breaker.state()).isEqualTo(State.OPEN);
    tick(199);
    assertThat(answers).isEmpty();
    tick(1);
    assertThat(answers).hasSize(1);
    answer();
    assertThat(b.breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void nodeThatDies_isFollowedWhenItsClaimIsOver() {
    tick(100);
    answer();
    assertThat(a.breaker.state()).isEqualTo(State.HALF_OPEN);
    for (int i = 0; i < 4; i++) {
      now += 200 * MILLI;
      b.breaker.poll(now); // Only b lives.
      answer();
      assertThat(b.breaker.state()).isEqualTo(State.OPEN);
    }
    now += 200 * MILLI;
    b.breaker.poll(now);
    answer();
    assertThat(b.breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void nodeThatEndsItsTrial_letsTheOtherTry() {
    tick(100);
    answer();
    a.breaker.acquire(now).answered(false, 0, now);
    a.turn.end(now);
    assertThat(a.breaker.state()).isEqualTo(State.CLOSED);
    tick(200);
    answer();
    assertThat(b.breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void claimThatComesTooLate_isGivenBack() {
    tick(100);
    a.breaker.force(State.CLOSED, now);
    answer();
    assertThat(a.breaker.state()).isEqualTo(State.CLOSED);
    assertThat(map).isEmpty();
  }

  @Test
  void nodeOnItsOwn_asksNobody() {
    a.claims.needed = false;
    tick(100);
    assertThat(a.breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void answerThatComesLate_isOfNoUse() {
    tick(100);
    now += ClusterTurn.LATE_NANOS + 1;
    answer();
    assertThat(a.breaker.state()).isEqualTo(State.OPEN);
    assertThat(map).isEmpty();
  }

  /** Answers come when chance wants it, nodes stand still for a while, trials end or hang. */
  @Test
  void atNoTimeDoTwoTry() {
    slackMillis = 1000;
    Tester[] testers = {a, b, new Tester("c")};
    int[] trials = new int[testers.length];
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      for (int step = 0; step < 500; step++) {
        now += random.nextInt(150) * MILLI;
        int node = random.nextInt(testers.length);
        testers[node].breaker.poll(now);
        if (!answers.isEmpty() && random.nextInt(3) == 0) {
          answers.remove(random.nextInt(answers.size())).run();
        }
        if (testers[node].breaker.state() == State.HALF_OPEN && random.nextInt(20) == 0) {
          testers[node].breaker.acquire(now).answered(true, 0, now);
          testers[node].turn.end(now);
          trials[node]++;
        }
        long trying = 0;
        for (Tester tester : testers) {
          tester.breaker.poll(now); // The tick of a node that lives.
          if (tester.breaker.state() == State.HALF_OPEN) {
            trying++;
          } else {
            tester.turn.end(now);
          }
        }
        assertThat(trying).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(1);
      }
    }
    assertThat(trials).doesNotContain(0);
  }

  @Test
  void questionThatIsNeverAnswered_isAskedAgain() {
    tick(100);
    answers.clear();
    map.clear();
    now += ClusterTurn.LOST_NANOS - 1;
    a.breaker.poll(now);
    assertThat(answers).isEmpty();
    now++;
    a.breaker.poll(now);
    assertThat(answers).hasSize(1);
    answer();
    assertThat(a.breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void answerToAQuestionThatWasGivenUp_isGivenBack() {
    tick(100);
    List<Runnable> lost = List.copyOf(answers);
    answers.clear();
    now += ClusterTurn.LOST_NANOS;
    a.breaker.poll(now);
    lost.forEach(Runnable::run);
    assertThat(map).isEmpty();
    assertThat(a.breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void nodeThatGetsNoAnswerTimeAndAgain_triesByItself() {
    tick(100);
    for (int i = 1; i < ClusterTurn.MAX_FAILURES; i++) {
      answers.clear();
      now += ClusterTurn.LOST_NANOS;
      a.breaker.poll(now);
      assertThat(a.breaker.state()).as("after %d", i).isEqualTo(State.OPEN);
    }
    now += ClusterTurn.LOST_NANOS;
    a.breaker.poll(now);
    assertThat(a.breaker.state()).isEqualTo(State.HALF_OPEN);
  }
}
