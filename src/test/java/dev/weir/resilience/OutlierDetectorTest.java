package dev.weir.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.ObjectReader;
import dev.weir.config.OutlierConfig;
import dev.weir.resilience.Finding.Outcome;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On a clock that the test moves, with exact edges. */
class OutlierDetectorTest {

  private static final long MILLI = Breakers.MILLI;
  private static final long SECOND = 1000 * MILLI;

  private final List<Finding<String>> findings = new ArrayList<>();
  private final List<Observer> observers = new ArrayList<>();
  private OutlierDetector<String> detector;
  private double chance;
  private long now;

  private void detector(int endpoints, JsonObject json) {
    OutlierConfig config = ObjectReader.parse(json, OutlierConfig::read);
    detector = new OutlierDetector<>(config, () -> chance, findings::add, now);
    detector.members(IntStream.range(0, endpoints).mapToObj(i -> "e" + i).toList());
    for (int i = 0; i < endpoints; i++) {
      observers.add(detector.observer("e" + i));
    }
  }

  private void answers(int endpoint, int status, int count) {
    for (int i = 0; i < count; i++) {
      observers.get(endpoint).answered(status, now);
    }
  }

  private void at(long time) {
    now = time;
    detector.tick(now);
  }

  private List<Outcome> outcomes() {
    return findings.stream().map(Finding::outcome).toList();
  }

  @Test
  void fifthServerErrorInARowEjectsForThirtySeconds() {
    detector(10, new JsonObject());
    answers(0, 500, 4);
    answers(0, 499, 1);
    answers(0, 500, 4);
    assertThat(detector.ejected()).isZero();
    answers(0, 500, 1);
    assertThat(detector.ejected()).isEqualTo(1);
    assertThat(findings)
        .containsExactly(
            new Finding<>("e0", Outcome.EJECTED, Reason.SERVER_ERRORS, 5, 5, 1, 30 * SECOND, 1));
    at(29_999 * MILLI);
    assertThat(detector.ejected()).isEqualTo(1);
    at(30_000 * MILLI);
    assertThat(detector.ejected()).isZero();
    assertThat(findings.get(1).outcome()).isEqualTo(Outcome.RETURNED);
    assertThat(detector.ejections(Reason.SERVER_ERRORS)).isEqualTo(1);
    assertThat(detector.detections(Reason.SERVER_ERRORS)).isEqualTo(1);
  }

  @Test
  void lanesCountOneRunTogether() {
    detector(10, new JsonObject());
    Observer other = detector.observer("e0");
    answers(0, 500, 2);
    other.answered(500, now);
    other.answered(503, now);
    assertThat(detector.ejected()).isZero();
    answers(0, 500, 1);
    assertThat(detector.ejected()).isEqualTo(1);
  }

  @Test
  void ejectionsBecomeLongerUpToTheCapAndShorterWithGoodIntervals() {
    detector(10, new JsonObject().put("maxEjectionMillis", 70_000));
    for (long seconds : new long[] {30, 60, 70}) {
      answers(0, 500, 5);
      at(now + seconds * SECOND - 1);
      assertThat(detector.ejected()).isEqualTo(1);
      at(now + 1);
      assertThat(detector.ejected()).isZero();
    }
    at(now + 10 * SECOND); // It returned in this one.
    at(now + 10 * SECOND);
    at(now + 10 * SECOND);
    answers(0, 500, 5);
    assertThat(findings.get(findings.size() - 1).times()).isEqualTo(3 - 2 + 1);
  }

  @Test
  void gatewayFailuresAreOnlyToldUnlessEnforced() {
    detector(10, new JsonObject().put("serverErrors", new JsonObject().put("consecutive", 10)));
    answers(0, 502, 4);
    answers(0, 500, 1);
    answers(0, 504, 4);
    assertThat(findings).isEmpty();
    answers(0, 503, 1);
    assertThat(detector.ejected()).isEqualTo(1); // The tenth server error.
    answers(1, 503, 5);
    assertThat(outcomes()).containsExactly(Outcome.EJECTED, Outcome.DETECTED);
  }

  @Test
  void enforcementIsAMatterOfChance() {
    detector(100, new JsonObject().put("serverErrors", new JsonObject().put("enforcePercent", 40)));
    chance = 0.4;
    answers(0, 500, 5);
    chance = 0.399;
    answers(1, 500, 5);
    assertThat(outcomes()).containsExactly(Outcome.DETECTED, Outcome.EJECTED);
  }

  @Test
  void failuresToReachItCountAsServerErrorsUnlessSplit() {
    detector(10, new JsonObject());
    for (int i = 0; i < 5; i++) {
      observers.get(0).unanswered(now);
    }
    assertThat(findings.get(0).reason()).isEqualTo(Reason.SERVER_ERRORS);
    assertThat(detector.detections(Reason.GATEWAY_FAILURES)).isZero(); // It was ejected already.
  }

  @Test
  void splitFailuresHaveARunOfTheirOwn() {
    detector(10, new JsonObject().put("splitLocalFailures", true));
    for (int i = 0; i < 4; i++) {
      observers.get(0).unanswered(now);
    }
    answers(0, 500, 4); // An answer, if a bad one.
    observers.get(0).unanswered(now);
    assertThat(findings).isEmpty();
    for (int i = 0; i < 4; i++) {
      observers.get(0).unanswered(now);
    }
    assertThat(findings.get(0).reason()).isEqualTo(Reason.LOCAL_FAILURES);
  }

  @Test
  void noMoreThanTheShareIsEjected_butOneAlways() {
    detector(3, new JsonObject());
    answers(0, 500, 5);
    answers(1, 500, 5);
    assertThat(outcomes()).containsExactly(Outcome.EJECTED, Outcome.OVERFLOWED);
    assertThat(detector.overflows()).isEqualTo(1);
    at(30 * SECOND);
    answers(1, 500, 5);
    assertThat(detector.ejected()).isEqualTo(1);
  }

  @Test
  void shareIsRoundedDown() {
    detector(25, new JsonObject());
    for (int i = 0; i < 3; i++) {
      answers(i, 500, 5);
    }
    assertThat(detector.ejected()).isEqualTo(2);
  }

  @Test
  void dryRunTellsAndEjectsNobody() {
    detector(10, new JsonObject().put("dryRun", true));
    answers(0, 500, 10);
    assertThat(outcomes()).containsOnly(Outcome.DETECTED);
    assertThat(findings).hasSize(1); // Counted twice, told once an interval.
    at(10 * SECOND);
    answers(0, 500, 5);
    assertThat(findings).hasSize(2);
    assertThat(detector.detections(Reason.SERVER_ERRORS)).isEqualTo(3);
    assertThat(detector.ejections(Reason.SERVER_ERRORS)).isZero();
    assertThat(detector.ejected()).isZero();
  }

  /** Three failures at most in a row, so that no run is long enough. */
  private void rate(int endpoint, int requests, int failures) {
    int failed = 0;
    for (int i = 0; i < requests; i++) {
      boolean fails = i % 4 != 3 && failed < failures;
      failed += fails ? 1 : 0;
      answers(endpoint, fails ? 500 : 200, 1);
    }
    assertThat(failed).isEqualTo(failures);
  }

  @Test
  void successRateFarBelowTheMeanEjectsAtTheInterval() {
    detector(5, new JsonObject());
    for (int i = 0; i < 4; i++) {
      rate(i, 100, 1);
    }
    rate(4, 100, 60);
    at(9_999 * MILLI);
    assertThat(findings).isEmpty();
    at(10_000 * MILLI);
    assertThat(findings).hasSize(1);
    Finding<String> finding = findings.get(0);
    assertThat(finding.reason()).isEqualTo(Reason.SUCCESS_RATE);
    assertThat(finding.endpoint()).isEqualTo("e4");
    assertThat(finding.value()).isEqualTo(40);
    assertThat(finding.threshold()).isBetween(42.35, 42.37); // Mean 87.2, deviation 23.6.
  }

  @Test
  void successRateNeedsFiveEndpointsWithAHundredRequestsInOneInterval() {
    detector(5, new JsonObject());
    for (int i = 0; i < 4; i++) {
      rate(i, 100, 0);
    }
    rate(4, 99, 60);
    at(10 * SECOND);
    rate(4, 99, 60);
    at(20 * SECOND);
    assertThat(findings).isEmpty();
  }

  @Test
  void failureRateEjectsWhereItIsEnforced() {
    JsonObject rule = new JsonObject().put("enforcePercent", 100).put("percent", 70);
    detector(5, new JsonObject().put("failureRate", rule));
    for (int i = 0; i < 4; i++) {
      rate(i, 50, 0);
    }
    rate(4, 50, 35);
    at(10 * SECOND);
    assertThat(findings.get(0).reason()).isEqualTo(Reason.FAILURE_RATE);
    assertThat(findings.get(0).value()).isEqualTo(70);
    assertThat(detector.ejected()).isEqualTo(1);
  }

  @Test
  void jitterMakesItLonger() {
    detector(10, new JsonObject().put("jitterMillis", 1000));
    chance = 0.5;
    answers(0, 500, 5);
    assertThat(findings.get(0).nanos()).isEqualTo(30_500 * MILLI);
  }

  @Test
  void successOfAProbeBringsItBackAndClearsItsRuns() {
    detector(10, new JsonObject());
    answers(0, 500, 5);
    answers(0, 500, 4); // Of requests that were under way.
    detector.restore("e0", now);
    answers(0, 500, 4);
    assertThat(detector.ejected()).isZero();
    assertThat(outcomes()).containsExactly(Outcome.EJECTED, Outcome.RETURNED);
  }

  @Test
  void successOfAProbeTakesBackFailuresToReachItAndNothingThatItAnswered() {
    detector(10, new JsonObject().put("splitLocalFailures", true));
    for (int i = 0; i < 20; i++) {
      observers.get(0).unanswered(now);
      detector.restore("e0", now);
    }
    assertThat(detector.ejected()).isZero();
    for (int i = 0; i < 5; i++) {
      answers(1, 500, 1);
      detector.restore("e1", now);
    }
    assertThat(outcomes()).containsExactly(Outcome.EJECTED, Outcome.RETURNED);
    assertThat(findings.get(0).endpoint()).isEqualTo("e1");
  }

  @Test
  void othersEjectWithinTheSameShareAndTakeItBack() {
    detector(10, new JsonObject());
    detector.follow("e0", 2, 7 * SECOND, now);
    assertThat(findings)
        .containsExactly(
            new Finding<>("e0", Outcome.EJECTED, Reason.OTHER_NODES, 2, 2, 0, 7 * SECOND, 1));
    detector.follow("e0", 3, 7 * SECOND, now);
    detector.follow("e1", 2, 7 * SECOND, now);
    detector.follow("gone", 2, 7 * SECOND, now);
    assertThat(outcomes()).containsExactly(Outcome.EJECTED, Outcome.OVERFLOWED);
    detector.restore("e0", now);
    assertThat(detector.ejected()).as("its own probe does not count").isEqualTo(1);
    detector.unfollow("e0", now);
    detector.unfollow("e0", now);
    assertThat(detector.ejected()).isZero();
    assertThat(findings.get(2).outcome()).isEqualTo(Outcome.RETURNED);
  }

  @Test
  void whatOthersEjectReturnsWhenTheTimeIsOver() {
    detector(10, new JsonObject());
    detector.follow("e0", 2, 7 * SECOND, now);
    at(7 * SECOND - 1);
    assertThat(detector.ejected()).isEqualTo(1);
    at(7 * SECOND);
    assertThat(detector.ejected()).isZero();
  }

  @Test
  void ownEjectionIsNotTakenBackByOthers() {
    detector(10, new JsonObject());
    answers(0, 500, 5);
    detector.unfollow("e0", now);
    assertThat(detector.ejected()).isEqualTo(1);
  }

  @Test
  void dryRunDoesNotFollow() {
    detector(10, new JsonObject().put("dryRun", true));
    detector.follow("e0", 2, 7 * SECOND, now);
    assertThat(outcomes()).containsExactly(Outcome.DETECTED);
  }

  @Test
  void endpointThatLeavesMakesRoom() {
    detector(2, new JsonObject());
    answers(0, 500, 5);
    detector.members(List.of("e1", "e2"));
    assertThat(detector.ejected()).isZero();
    answers(0, 500, 10); // A lane that does not know yet.
    answers(1, 500, 5);
    assertThat(detector.ejected()).isEqualTo(1);
    detector.restoreAll(now);
    assertThat(detector.ejected()).isZero();
  }

  @Test
  void closedDetectorLetsEverybodyReturnAndFindsNobodyAnyLonger() {
    detector(3, new JsonObject());
    answers(0, 500, 5);
    detector.close(now);
    assertThat(outcomes()).containsExactly(Outcome.EJECTED, Outcome.RETURNED);
    assertThat(detector.ejected()).isZero();
    answers(1, 500, 5);
    Observer late = detector.observer("e2");
    for (int i = 0; i < 5; i++) {
      late.answered(500, now);
    }
    detector.follow("e2", 2, SECOND, now);
    at(100 * SECOND);
    assertThat(findings).hasSize(2);
  }

  @Test
  void endpointThatIsNoMember_isNotFoundAndDoesNotCount() {
    detector(2, new JsonObject().put("maxEjectedPercent", 50));
    detector.observer("gone");
    detector.observer("gone too");
    answers(0, 500, 5);
    answers(1, 500, 5);
    assertThat(outcomes()).containsExactly(Outcome.EJECTED, Outcome.OVERFLOWED);
  }
}
