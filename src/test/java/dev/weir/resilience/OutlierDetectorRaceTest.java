package dev.weir.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.ObjectReader;
import dev.weir.config.OutlierConfig;
import dev.weir.resilience.Finding.Outcome;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many lanes see many endpoints fail while time passes: never too many are out. */
@Timeout(60)
class OutlierDetectorRaceTest {

  private static final int LANES = 4;
  private static final int ENDPOINTS = 20;
  private static final int CALLS = 200_000;
  private static final int ROUNDS = 200;

  private final Queue<Finding<String>> findings = new ConcurrentLinkedQueue<>();

  private static OutlierConfig config() {
    JsonObject json = new JsonObject().put("baseEjectionMillis", 1).put("maxEjectionMillis", 2);
    json.put("intervalMillis", 10).put("maxEjectedPercent", 20);
    return ObjectReader.parse(json, OutlierConfig::read);
  }

  @Test
  void noMoreThanTheShareIsOutAndEachReturnsOnce() throws Exception {
    OutlierDetector<String> detector =
        new OutlierDetector<>(config(), () -> 0, findings::add, System.nanoTime());
    detector.members(IntStream.range(0, ENDPOINTS).mapToObj(e -> "e" + e).toList());
    List<Thread> lanes = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      List<Observer> observers = new ArrayList<>();
      for (int e = 0; e < ENDPOINTS; e++) {
        observers.add(detector.observer("e" + e));
      }
      lanes.add(new Thread(() -> lane(detector, observers)));
    }
    lanes.forEach(Thread::start);
    for (Thread lane : lanes) {
      lane.join();
    }
    detector.restoreAll(System.nanoTime());
    assertThat(detector.ejected()).isZero();
    check();
    long ejections = findings.stream().filter(f -> f.outcome() == Outcome.EJECTED).count();
    long counted = 0;
    for (Reason reason : Reason.values()) {
      counted += detector.ejections(reason);
    }
    assertThat(ejections).isEqualTo(counted).isPositive();
  }

  private static void lane(OutlierDetector<String> detector, List<Observer> observers) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int i = 0; i < CALLS; i++) {
      long now = System.nanoTime();
      Observer observer = observers.get(random.nextInt(ENDPOINTS));
      if (random.nextInt(20) == 0) {
        observer.answered(200, now);
      } else {
        observer.answered(500, now);
      }
      if (random.nextInt(100) == 0) {
        detector.tick(now);
      }
    }
  }

  /** The listener hears in order, so what it has heard says who is out. */
  private void check() {
    Set<String> out = new HashSet<>();
    for (Finding<String> finding : findings) {
      if (finding.outcome() == Outcome.EJECTED) {
        assertThat(out.add(finding.endpoint())).isTrue();
      } else if (finding.outcome() == Outcome.RETURNED) {
        assertThat(out.remove(finding.endpoint())).isTrue();
      }
      assertThat(out).hasSizeLessThanOrEqualTo(ENDPOINTS / 5);
      assertThat(finding.ejected()).isEqualTo(out.size());
    }
    assertThat(out).isEmpty();
  }

  /**
   * A configuration that changes under load: what lanes still tell must not bring anything about.
   */
  @Test
  void afterItsEndNobodyIsOut() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      findings.clear();
      OutlierDetector<String> detector =
          new OutlierDetector<>(config(), () -> 0, findings::add, System.nanoTime());
      detector.members(List.of("e0", "e1"));
      AtomicBoolean ended = new AtomicBoolean();
      List<Thread> lanes = new ArrayList<>();
      for (int i = 0; i < LANES; i++) {
        Observer observer = detector.observer("e" + i % 2);
        lanes.add(new Thread(() -> failUntil(ended, observer)));
      }
      lanes.forEach(Thread::start);
      while (findings.isEmpty()) {
        Thread.onSpinWait();
      }
      detector.close(System.nanoTime());
      int heard = findings.size();
      Observer late = detector.observer("e0");
      for (int i = 0; i < CALLS / ROUNDS; i++) {
        late.answered(500, System.nanoTime());
      }
      ended.set(true);
      for (Thread lane : lanes) {
        lane.join();
      }
      assertThat(findings).hasSize(heard);
      assertThat(detector.ejected()).isZero();
      check();
    }
  }

  private static void failUntil(AtomicBoolean ended, Observer observer) {
    while (!ended.get()) {
      observer.answered(500, System.nanoTime());
    }
  }
}
