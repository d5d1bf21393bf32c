package dev.weir.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.CircuitBreakerConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A million random steps: the breaker does at each what the plain model does. The seed is printed;
 * {@code -Dweir.seed=N} repeats a run.
 */
class CircuitBreakerModelTest {

  private static final int EPISODES = 500;
  private static final int STEPS = 2000;

  private record Held(Permit permit, long sequence) {}

  private final long seed = Long.getLong("weir.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private final Set<State> seen = EnumSet.noneOf(State.class);
  private final Set<Cause> causes = EnumSet.noneOf(Cause.class);
  private final List<Held> calls = new ArrayList<>();
  private final List<Held> answered = new ArrayList<>();
  private final List<Held> cancelled = new ArrayList<>();
  private final List<Transition> transitions = new ArrayList<>();
  private CircuitBreakerConfig config;
  private CircuitBreaker breaker;
  private BreakerModel model;
  private boolean takesTurns;
  private boolean ours;
  private double chance;
  private long now;

  @Test
  void everyStepDoesWhatTheModelDoes() {
    for (int episode = 0; episode < EPISODES; episode++) {
      begin();
      for (int step = 0; step < STEPS; step++) {
        step();
        check(episode, step);
      }
    }
    System.out.printf("%d steps, seed %d%n", EPISODES * STEPS, seed);
    assertThat(seen).as("seed %d", seed).containsExactlyInAnyOrder(State.values());
    assertThat(causes)
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Cause.REMOVED)));
  }

  private void begin() {
    int windowSize = 1 + random.nextInt(20);
    long openMillis = 1 + random.nextInt(200);
    config =
        Breakers.config(
            "window", random.nextBoolean() ? "count" : "time",
            "windowSize", windowSize,
            "failureThreshold", 1 + random.nextInt(windowSize),
            "windowMillis", 10 + random.nextInt(500),
            "minimumCalls", 1 + random.nextInt(20),
            "failurePercent", 1 + random.nextInt(100),
            "slowMillis", random.nextInt(3) * 10,
            "slowPercent", 1 + random.nextInt(100),
            "successThreshold", 1 + random.nextInt(5),
            "trialMillis", 10 + random.nextInt(200),
            "openMillis", openMillis,
            "openMultiplier", 1 + random.nextInt(3),
            "maxOpenMillis", openMillis * (1 + random.nextInt(10)),
            "openJitterPercent", random.nextInt(50));
    now = random.nextLong(); // Wraps around sometimes, as nanoTime may.
    calls.clear();
    answered.clear();
    cancelled.clear();
    transitions.clear();
    takesTurns = random.nextBoolean();
    Turn turn = takesTurns ? time -> ours : Turn.ALWAYS;
    breaker = new CircuitBreaker(config, () -> chance, transitions::add, turn, now);
    model = new BreakerModel(config, takesTurns, now);
  }

  private void step() {
    chance = random.nextDouble();
    switch (random.nextInt(20)) {
      case 0, 1 -> now += random.nextInt(50) * Breakers.MILLI;
      case 2 -> cancel();
      case 3 -> broke();
      case 4 -> poll();
      case 5 -> told();
      case 6 -> again();
      case 7, 8, 9, 10, 11 -> answer();
      default -> acquire();
    }
  }

  private void acquire() {
    Permit permit = breaker.acquire(now);
    assertThat(permit != null).as("seed %d", seed).isEqualTo(model.acquire(now));
    if (permit != null) {
      calls.add(new Held(permit, model.sequence));
    }
  }

  private void answer() {
    if (!calls.isEmpty()) {
      Held held = calls.remove(random.nextInt(calls.size()));
      boolean failed = random.nextInt(3) == 0;
      long nanos = random.nextInt(25) * Breakers.MILLI;
      held.permit.answered(failed, nanos, now);
      model.answered(held.sequence, failed, nanos, chance, now);
      answered.add(held);
    }
  }

  private void broke() {
    if (!answered.isEmpty() && random.nextInt(10) == 0) {
      Held held = answered.remove(answered.size() - 1);
      held.permit.broke(now);
      model.broke(held.sequence, chance, now);
    }
  }

  private void cancel() {
    if (!calls.isEmpty()) {
      Held held = calls.remove(random.nextInt(calls.size()));
      held.permit.cancel();
      model.cancel(held.sequence);
      cancelled.add(held);
    }
  }

  private void again() {
    if (!cancelled.isEmpty()) {
      Held held = cancelled.remove(cancelled.size() - 1);
      boolean lent = held.permit.again(now) != null;
      if (held.sequence == model.sequence) {
        assertThat(lent).as("seed %d", seed).isEqualTo(model.again(held.sequence));
      }
      if (lent) {
        calls.add(held);
      }
    }
  }

  private void poll() {
    ours = random.nextBoolean();
    if (takesTurns && random.nextInt(3) == 0) {
      assertThat(breaker.begin(now)).as("seed %d", seed).isEqualTo(model.begin(now));
    } else {
      breaker.poll(now);
      model.poll(ours, now);
    }
  }

  /** What comes from elsewhere: from another node, or from an operator. */
  private void told() {
    if (random.nextInt(10) == 0) {
      boolean closes = random.nextBoolean();
      long nanos = random.nextInt(100) * Breakers.MILLI;
      breaker.follow(closes, nanos, now);
      model.follow(closes, nanos, now);
    } else {
      force();
    }
  }

  private void force() {
    State[] wishes = {State.CLOSED, State.FORCED_CLOSED, State.FORCED_OPEN, State.DISABLED};
    if (random.nextInt(5) == 0) {
      State to = random.nextInt(2) == 0 ? State.CLOSED : wishes[random.nextInt(wishes.length)];
      breaker.force(to, now);
      model.force(to, now);
    }
  }

  private boolean isTold() {
    if (transitions.isEmpty()) {
      return model.cause() == null;
    }
    Transition last = transitions.get(transitions.size() - 1);
    causes.add(last.cause());
    int[] numbers = {last.calls(), last.failures(), last.slow()};
    return last.cause() == model.cause() && Arrays.equals(numbers, model.told());
  }

  private void check(int episode, int step) {
    seen.add(model.state);
    boolean same =
        breaker.state() == model.state
            && breaker.sequence() == model.sequence
            && breaker.refusesNanos(now) == model.refusesNanos(now)
            && Arrays.equals(breaker.numbers(now), model.numbers(now))
            && transitions.size() == model.sequence
            && isTold();
    assertThat(same)
        .as(
            "seed %d, episode %d, step %d: %s, model %s",
            seed, episode, step, breaker.state(), model.state)
        .isTrue();
  }
}
