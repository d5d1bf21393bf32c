package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Interval 1000 ms without jitter, timeout 300 ms, rise 2, fall 3; time moves by hand. */
class ProberTest {
  private static final long INTERVAL = 1000;
  private static final long TIMEOUT = 300;

  private final ManualTimers clock = new ManualTimers();
  private final ScriptedProbe probe = new ScriptedProbe(clock);
  private final Schedule schedule =
      new Schedule(Configs.of("intervalMillis", INTERVAL), "orders/a:1", () -> 0);
  private final List<String> flips = new ArrayList<>();
  private final Prober prober = prober(TIMEOUT);

  private Prober prober(long timeoutMillis) {
    RiseFall state = new RiseFall(2, 3, true, false);
    return new Prober(
        probe,
        schedule,
        state,
        Configs.of("timeoutMillis", timeoutMillis),
        clock,
        clock,
        0,
        (up, reason) -> flips.add(clock.nowMillis() - first() + (up ? " up " : " down ") + reason));
  }

  private long first() {
    return schedule.offsetMillis();
  }

  /** Starts, and goes to the moment of the first probe. */
  private void start(Prober prober) {
    prober.start(false);
    clock.advance(first());
    assertThat(probe.starts()).containsExactly(first());
  }

  @Test
  void start_probesAfterTheOffset() {
    prober.start(false);
    clock.advance(first() - 1);
    assertThat(probe.starts()).isEmpty();
    clock.advance(1);
    assertThat(probe.starts()).hasSize(1);
  }

  @Test
  void now_probesAtOnceAndTellsTheResult() {
    start(prober);
    probe.succeed(0);
    clock.advance(100);
    Future<Probed> asked = prober.now();
    assertThat(probe.starts()).hasSize(2);
    assertThat(prober.now()).as("it is probed already").isSameAs(asked);
    clock.advance(50);
    probe.fail(1, "refused");
    assertThat(asked.result()).isEqualTo(new Probed("refused", false, 50));
    clock.advance(INTERVAL - 50);
    assertThat(probe.starts()).as("an interval after the one that was asked for").hasSize(3);
    Future<Probed> late = prober.now();
    prober.stop();
    assertThat(late.failed()).isTrue();
  }

  @Test
  void startAtOnce_doesNotWaitForTheOffset() {
    prober.start(true);
    clock.advance(1);
    assertThat(probe.starts()).containsExactly(1L);
  }

  @Test
  void failures_flipAtTheThirdAndSuccessesAtTheSecond() {
    start(prober);
    for (int run = 0; run < 5; run++) {
      if (run < 3) {
        probe.fail(run, "refused");
      } else {
        probe.succeed(run);
      }
      clock.advance(INTERVAL);
    }
    assertThat(flips).containsExactly("2000 down refused", "4000 up the probes succeed");
  }

  @Test
  void nextProbe_startsOneIntervalAfterTheStartOfTheLast() {
    start(prober);
    clock.advance(200);
    probe.succeed(0);
    clock.advance(799);
    assertThat(probe.starts()).hasSize(1);
    clock.advance(1);
    assertThat(probe.starts()).containsExactly(first(), first() + INTERVAL);
  }

  @Test
  void silence_isAFailureAtTheDeadline() {
    start(prober);
    clock.advance(TIMEOUT - 1);
    assertThat(probe.cancelled()).isZero();
    clock.advance(1);
    assertThat(probe.cancelled()).isEqualTo(1);
    clock.advance(2 * INTERVAL);
    assertThat(flips).containsExactly("2300 down no whole answer within 300 ms");
  }

  @Test
  void resultAfterTheDeadline_isForgotten() {
    start(prober);
    clock.advance(TIMEOUT);
    probe.succeed(0);
    clock.advance(INTERVAL);
    probe.succeed(0);
    clock.advance(INTERVAL);
    assertThat(flips).as("down at the third silence, in spite of what came late").hasSize(1);
  }

  @Test
  void probeLongerThanTheInterval_delaysTheNextOne() {
    Prober slow = prober(5 * INTERVAL);
    start(slow);
    clock.advance(4 * INTERVAL);
    assertThat(probe.starts()).hasSize(1);
    probe.succeed(0);
    clock.advance(1);
    assertThat(probe.starts()).containsExactly(first(), first() + 4 * INTERVAL + 1);
  }

  /** The trouble begins right after a success, which is the worst moment. */
  @ParameterizedTest
  @CsvSource({
    "1000, 300, 3, 3300",
    "300, 1000, 3, 3302",
    "1000, 1000, 2, 3001",
    "20, 500, 4, 2023"
  })
  void silence_isNoticedWithinItsBound(long interval, long timeout, int fall, long boundMillis) {
    Prober each =
        new Prober(
            probe,
            new Schedule(Configs.of("intervalMillis", interval), "orders/a:1", () -> 0),
            new RiseFall(2, fall, true, false),
            Configs.of("timeoutMillis", timeout),
            clock,
            clock,
            0,
            (up, reason) -> flips.add(up ? "up" : "down"));
    each.start(true);
    clock.advance(1);
    probe.succeed(0);
    clock.advance(boundMillis - 1);
    assertThat(flips).isEmpty();
    clock.advance(1);
    assertThat(flips).containsExactly("down");
  }

  @Test
  void exception_isAFailure() {
    probe.throwing(new IllegalStateException("no such host"));
    start(prober);
    clock.advance(2 * INTERVAL);
    assertThat(flips).containsExactly("2000 down no such host");
  }

  @Test
  void stop_beforeTheFirstProbe_runsNone() {
    prober.start(false);
    prober.stop();
    assertThat(clock.pending()).isZero();
    assertThat(probe.closed()).isTrue();
  }

  @Test
  void stop_duringAProbe_forgetsItsResult() {
    start(prober);
    prober.stop();
    probe.fail(0, "refused");
    assertThat(clock.pending()).isZero();
    assertThat(probe.closed()).isTrue();
    assertThat(flips).isEmpty();
  }

  @Test
  void stop_whenItHearsOfASuccess_runsNoOther() {
    Prober[] self = new Prober[1];
    Prober.Listener listener =
        new Prober.Listener() {
          @Override
          public void flipped(boolean up, String reason) {}

          @Override
          public void succeeded(boolean degraded) {
            self[0].stop();
          }
        };
    RiseFall state = new RiseFall(2, 3, true, false);
    self[0] = new Prober(probe, schedule, state, Configs.of(), clock, clock, 0, listener);
    start(self[0]);
    Future<Probed> asked = self[0].now();
    probe.succeed(0);
    assertThat(clock.pending()).isZero();
    assertThat(asked.result())
        .as("what was found all the same")
        .isEqualTo(new Probed(null, false, 0));
  }

  /** A probe has no answer, then traffic has one, and so on. */
  @Test
  void answersToTraffic_takeBackFailuresToGetOne() {
    start(prober);
    for (int run = 0; run < 10; run++) {
      prober.answered();
      probe.fail(run, "refused");
      clock.advance(INTERVAL);
    }
    assertThat(flips).isEmpty();
    for (int run = 10; run < 12; run++) {
      probe.fail(run, "refused");
      clock.advance(INTERVAL);
    }
    assertThat(flips).as("the third since the last answer").containsExactly("11000 down refused");
    prober.answered();
    assertThat(prober.changing()).as("up again by probes alone").isFalse();
  }

  @Test
  void answersToTraffic_takeBackNothingThatTheEndpointSaid() {
    start(prober);
    for (int run = 0; run < 3; run++) {
      prober.answered();
      probe.refuse(run, "status 503");
      clock.advance(INTERVAL);
    }
    assertThat(flips).containsExactly("2000 down status 503 (expected: 200)");
  }

  @Test
  void answersToTraffic_countAgainAfterAProbeThatSucceeds() {
    start(prober);
    probe.refuse(0, "status 503");
    clock.advance(INTERVAL);
    probe.succeed(1);
    clock.advance(INTERVAL);
    for (int run = 2; run < 8; run++) {
      probe.fail(run, "refused");
      prober.answered();
      clock.advance(INTERVAL);
    }
    assertThat(flips).isEmpty();
  }

  @Test
  void failuresOfANewEndpoint_areExcusedUntilTheGraceIsOver() {
    Prober graceful =
        new Prober(
            probe,
            schedule,
            new RiseFall(1, 1, true, false),
            Configs.of("timeoutMillis", TIMEOUT, "graceMillis", first() + 1500),
            clock,
            clock,
            0,
            (up, reason) -> flips.add(clock.nowMillis() - first() + (up ? " up" : " down")));
    start(graceful);
    for (int run = 0; run < 4; run++) {
      probe.fail(run, "refused");
      clock.advance(INTERVAL);
    }
    assertThat(flips).containsExactly("2000 down");
  }
}
