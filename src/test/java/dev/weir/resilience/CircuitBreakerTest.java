package dev.weir.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.CircuitBreakerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

  private static final long MILLI = Breakers.MILLI;

  private final List<Transition> transitions = new ArrayList<>();
  private long now;

  private CircuitBreaker breaker(CircuitBreakerConfig config) {
    return new CircuitBreaker(config, () -> 1, transitions::add, now);
  }

  private void calls(CircuitBreaker breaker, int count, boolean failed) {
    for (int i = 0; i < count; i++) {
      breaker.acquire(now).answered(failed, 0, now);
    }
  }

  @Test
  void opensAtTheFifthFailureAmongTen_notAtTheFourth() {
    CircuitBreaker breaker = breaker(Breakers.config());
    calls(breaker, 4, true);
    calls(breaker, 5, false);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    calls(breaker, 1, true);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(transitions)
        .containsExactly(
            new Transition(State.CLOSED, State.OPEN, Cause.FAILURES, 1, 10, 5, 0, 60_000 * MILLI));
  }

  @Test
  void failureThatLeftTheWindowCountsNoMore() {
    CircuitBreaker breaker = breaker(Breakers.config());
    calls(breaker, 4, true);
    calls(breaker, 7, false);
    calls(breaker, 1, true);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    assertThat(breaker.numbers(now)).containsExactly(10, 3, 0);
  }

  @Test
  void refusesUntilTheLastNanosecondAndThenLendsAsManyAsMustSucceed() {
    CircuitBreaker breaker = breaker(Breakers.config());
    calls(breaker, 5, true);
    now = 60_000 * MILLI - 1;
    assertThat(breaker.acquire(now)).isNull();
    assertThat(breaker.refusesNanos(now)).isEqualTo(1);
    now++;
    Permit first = breaker.acquire(now);
    Permit second = breaker.acquire(now);
    assertThat(breaker.acquire(now)).isNull();
    assertThat(breaker.refused()).isEqualTo(2);
    first.answered(false, 0, now);
    assertThat(breaker.acquire(now)).isNull();
    second.answered(false, 0, now);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void openTimeGrowsWithEachFailedTrialUpToTheCapAndStartsAnewAfterClosing() {
    CircuitBreaker breaker =
        breaker(Breakers.config("openMillis", 100, "maxOpenMillis", 250, "successThreshold", 1));
    calls(breaker, 5, true);
    for (long millis : new long[] {100, 200, 250, 250}) {
      assertThat(breaker.refusesNanos(now)).isEqualTo(millis * MILLI);
      now += millis * MILLI;
      breaker.acquire(now).answered(true, 0, now);
    }
    now += 250 * MILLI;
    calls(breaker, 1, false);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    calls(breaker, 5, true);
    assertThat(breaker.refusesNanos(now)).isEqualTo(100 * MILLI);
  }

  @Test
  void jitterOnlyMakesItLonger() {
    CircuitBreaker breaker = breaker(Breakers.config("openMillis", 100, "openJitterPercent", 20));
    calls(breaker, 5, true);
    assertThat(breaker.refusesNanos(now)).isEqualTo(120 * MILLI);
  }

  @Test
  void windowByTimeNeedsItsMinimumAndForgetsInTenths() {
    CircuitBreaker breaker =
        breaker(
            Breakers.config(
                "window", "time", "windowMillis", 1000, "minimumCalls", 4, "failurePercent", 50));
    calls(breaker, 3, true);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    now = 999 * MILLI;
    assertThat(breaker.numbers(now)).containsExactly(3, 3, 0);
    now = 1000 * MILLI;
    assertThat(breaker.numbers(now)).containsExactly(0, 0, 0);
    calls(breaker, 2, false);
    calls(breaker, 1, true);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    calls(breaker, 1, true);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void slowCallsOpenOnceTheWindowIsFull() {
    CircuitBreaker breaker = breaker(Breakers.config("slowMillis", 10, "slowPercent", 80));
    for (int i = 0; i < 9; i++) {
      breaker.acquire(now).answered(false, 10 * MILLI, now);
    }
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    breaker.acquire(now).answered(false, 10 * MILLI - 1, now);
    assertThat(breaker.state()).isEqualTo(State.CLOSED); // A fast call is no reason to look.
    breaker.acquire(now).answered(false, 10 * MILLI, now);
    assertThat(transitions.get(0).cause()).isEqualTo(Cause.SLOW_CALLS);
  }

  @Test
  void slowTrialFails() {
    CircuitBreaker breaker = breaker(Breakers.config("slowMillis", 10));
    calls(breaker, 5, true);
    now += 60_000 * MILLI;
    breaker.acquire(now).answered(false, 10 * MILLI, now);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(transitions.get(2).cause()).isEqualTo(Cause.TRIAL_FAILED);
  }

  @Test
  void resultsOfAnEarlierTimeDoNotCount() {
    CircuitBreaker breaker = breaker(Breakers.config());
    Permit late = breaker.acquire(now);
    calls(breaker, 5, true);
    now += 60_000 * MILLI;
    Permit trial = breaker.acquire(now);
    late.answered(true, 0, now);
    late.cancel();
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    breaker.acquire(now).answered(false, 0, now);
    trial.answered(false, 0, now);
    late.answered(true, 0, now);
    assertThat(breaker.numbers(now)).containsExactly(0, 0, 0);
  }

  @Test
  void operatorsWordHoldsUntilHeTakesItBack() {
    CircuitBreaker breaker = breaker(Breakers.config());
    assertThat(breaker.force(State.FORCED_OPEN, now)).isTrue();
    assertThat(breaker.force(State.FORCED_OPEN, now)).isFalse();
    now += Long.MAX_VALUE / 2;
    assertThat(breaker.acquire(now)).isNull();
    breaker.force(State.FORCED_CLOSED, now);
    calls(breaker, 20, true);
    assertThat(breaker.numbers(now)).containsExactly(10, 10, 0);
    breaker.force(State.DISABLED, now);
    calls(breaker, 20, true);
    breaker.force(State.CLOSED, now);
    assertThat(breaker.numbers(now)).containsExactly(0, 0, 0);
    calls(breaker, 5, true);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void pollBeginsTheTrialsOfABreakerThatNobodyAsks() {
    CircuitBreaker breaker = breaker(Breakers.config("openMillis", 100));
    calls(breaker, 5, true);
    breaker.poll(100 * MILLI - 1);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    breaker.poll(100 * MILLI);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  /** One of several that take turns: its turn comes when it is told so. */
  private CircuitBreaker takingTurns(AtomicBoolean ours) {
    return new CircuitBreaker(
        Breakers.config("openMillis", 100, "trialMillis", 50, "successThreshold", 1),
        () -> 1,
        transitions::add,
        time -> ours.get(),
        now);
  }

  private Transition last() {
    return transitions.get(transitions.size() - 1);
  }

  @Test
  void whereOneTriesForAll_itStaysOpenUntilItIsItsTurn() {
    AtomicBoolean ours = new AtomicBoolean();
    CircuitBreaker breaker = takingTurns(ours);
    calls(breaker, 5, true);
    now = 100 * MILLI;
    breaker.poll(now);
    assertThat(breaker.acquire(now)).isNull();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    ours.set(true);
    assertThat(breaker.acquire(now)).as("it only asks on its own tick").isNull();
    breaker.poll(now);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    calls(breaker, 1, false);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void whereOneTriesForAll_itGivesWayWhenItTakesTooLong() {
    AtomicBoolean ours = new AtomicBoolean(true);
    CircuitBreaker breaker = takingTurns(ours);
    calls(breaker, 5, true);
    now = 100 * MILLI;
    breaker.poll(now);
    Permit late = breaker.acquire(now);
    now += 50 * MILLI - 1;
    breaker.poll(now);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    now++;
    ours.set(false);
    breaker.poll(now);
    assertThat(last().cause()).isEqualTo(Cause.TRIAL_EXPIRED);
    late.answered(false, 0, now);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    ours.set(true);
    breaker.poll(now);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void verdictOfAnotherNode_countsWhileItIsOpen() {
    CircuitBreaker breaker = takingTurns(new AtomicBoolean());
    breaker.follow(false, 70 * MILLI, now);
    assertThat(breaker.state()).as("nothing to wait for").isEqualTo(State.CLOSED);
    calls(breaker, 5, true);
    now = 100 * MILLI;
    breaker.follow(false, 70 * MILLI, now);
    assertThat(last().cause()).isEqualTo(Cause.OTHER_NODE);
    assertThat(breaker.refusesNanos(now)).isEqualTo(70 * MILLI);
    breaker.follow(true, 0, now);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    breaker.force(State.FORCED_OPEN, now);
    breaker.follow(true, 0, now);
    assertThat(breaker.state()).isEqualTo(State.FORCED_OPEN);
  }

  @Test
  void retiredBreaker_isToldAsClosedAndNeverChangesAgain() {
    CircuitBreaker breaker = breaker(Breakers.config());
    Permit before = breaker.acquire(now);
    calls(breaker, 5, true);
    breaker.retire(now);
    assertThat(transitions.get(1).from()).isEqualTo(State.OPEN);
    assertThat(transitions.get(1).to()).isEqualTo(State.CLOSED);
    assertThat(transitions.get(1).cause()).isEqualTo(Cause.REMOVED);
    assertThat(transitions.get(1).sequence()).isEqualTo(2);
    before.answered(true, 0, now);
    calls(breaker, 20, true);
    assertThat(breaker.force(State.FORCED_OPEN, now)).isFalse();
    breaker.follow(false, 1000, now);
    breaker.poll(now);
    breaker.retire(now);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    assertThat(transitions).hasSize(2);
  }

  @Test
  void closedBreaker_retiresWithoutAWord() {
    CircuitBreaker breaker = breaker(Breakers.config());
    Permit before = breaker.acquire(now);
    breaker.retire(now);
    for (int i = 0; i < 5; i++) {
      before.answered(true, 0, now);
    }
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    assertThat(transitions).isEmpty();
  }

  private CircuitBreaker halfOpen() {
    CircuitBreaker breaker = breaker(Breakers.config());
    calls(breaker, 5, true);
    now = 60_000 * MILLI;
    breaker.poll(now);
    return breaker;
  }

  private Trial trial(CircuitBreaker breaker) {
    return new Trial(FailureRule.of(Breakers.config()), breaker.acquire(now));
  }

  @Test
  void trialThatIsSpared_leavesItsPlaceToAnother_once() {
    CircuitBreaker breaker = halfOpen();
    Trial slow = trial(breaker);
    Permit second = breaker.acquire(now);
    assertThat(breaker.acquire(now)).isNull();
    slow.spare();
    slow.spare();
    Permit third = breaker.acquire(now);
    assertThat(third).isNotNull();
    assertThat(breaker.acquire(now)).isNull();
    slow.cancel();
    assertThat(breaker.acquire(now)).isNull();
    third.answered(false, 0, now);
    second.answered(false, 0, now);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void trialThatWasSpared_countsWhereThereIsAPlaceForIt() {
    CircuitBreaker breaker = halfOpen();
    Trial slow = trial(breaker);
    slow.spare();
    Permit second = breaker.acquire(now);
    slow.sent(now);
    assertThat(breaker.acquire(now)).isNull();
    slow.spare();
    assertThat(breaker.acquire(now)).isNull();
    second.answered(false, 0, now);
    slow.answered(200, now);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void trialThatWasSpared_countsWhoeverHasComeInItsPlace() {
    CircuitBreaker breaker = halfOpen();
    Trial slow = trial(breaker);
    Trial other = trial(breaker);
    slow.spare();
    other.spare();
    Permit third = breaker.acquire(now);
    Permit fourth = breaker.acquire(now);
    slow.sent(now);
    other.sent(now);
    third.cancel();
    fourth.cancel();
    assertThat(breaker.acquire(now)).isNull();
    slow.answered(200, now);
    other.answered(200, now);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void trialThatFailsWhileItIsSpared_countsWhereThereIsRoom() {
    CircuitBreaker breaker = halfOpen();
    Trial slow = trial(breaker);
    Trial other = trial(breaker);
    slow.spare();
    Permit third = breaker.acquire(now);
    slow.failed(FailureRule.Kind.RESET, now);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    third.cancel();
    other.spare();
    other.failed(FailureRule.Kind.RESET, now);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void callsThatFailWhileTheClientStillSends_openABreakerThatIsClosed() {
    CircuitBreaker breaker = breaker(Breakers.config());
    for (int i = 0; i < 5; i++) {
      Trial slow = trial(breaker);
      slow.spare();
      slow.failed(FailureRule.Kind.RESET, now);
    }
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void endOfTrials_isToldWithTheirNumbers() {
    CircuitBreaker breaker = halfOpen();
    calls(breaker, 1, false);
    calls(breaker, 1, true);
    Transition failed = transitions.get(2);
    assertThat(failed.cause()).isEqualTo(Cause.TRIAL_FAILED);
    assertThat(List.of(failed.calls(), failed.failures(), failed.slow())).containsExactly(2, 1, 0);
    now += 600_000 * MILLI;
    breaker.poll(now);
    calls(breaker, 2, false);
    Transition succeeded = transitions.get(4);
    assertThat(succeeded.cause()).isEqualTo(Cause.TRIALS_SUCCEEDED);
    assertThat(List.of(succeeded.calls(), succeeded.failures())).containsExactly(2, 0);
  }
}
