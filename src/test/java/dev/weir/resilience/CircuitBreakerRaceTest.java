package dev.weir.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at one breaker: no permit too many, and every change has one owner. */
@Timeout(120)
class CircuitBreakerRaceTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 20_000;

  private final Queue<Transition> transitions = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  private interface Task {
    void run(int thread) throws Exception;
  }

  private void together(Task task) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  task.run(number);
                } catch (Throwable e) {
                  failures.add(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  private void checkChain() {
    List<Transition> chain = new ArrayList<>(transitions);
    chain.sort(Comparator.comparingLong(Transition::sequence));
    State state = State.CLOSED;
    for (int i = 0; i < chain.size(); i++) {
      assertThat(chain.get(i).sequence()).isEqualTo(i + 1);
      assertThat(chain.get(i).from()).isEqualTo(state);
      state = chain.get(i).to();
    }
  }

  @Test
  void halfOpenNeverLendsMoreThanItMay() throws Exception {
    int trials = 3;
    CircuitBreaker breaker =
        new CircuitBreaker(
            Breakers.config("openMillis", 1, "successThreshold", trials, "openMultiplier", 1),
            () -> 0,
            transitions::add,
            0);
    AtomicLong now = new AtomicLong();
    AtomicInteger lent = new AtomicInteger();
    CyclicBarrier start =
        new CyclicBarrier(
            THREADS,
            () -> {
              assertThat(lent.getAndSet(0)).isLessThanOrEqualTo(trials);
              breaker.force(State.CLOSED, now.get());
              Permit permit = breaker.acquire(now.get());
              for (int i = 0; i < 5; i++) {
                permit.answered(true, 0, now.get());
              }
              now.addAndGet(Breakers.MILLI);
            });
    CyclicBarrier asked =
        new CyclicBarrier(THREADS, () -> assertThat(lent.get()).isEqualTo(trials));
    together(
        thread -> {
          for (int round = 0; round < ROUNDS; round++) {
            start.await();
            long time = now.get();
            List<Permit> permits = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
              Permit permit = breaker.acquire(time);
              if (permit != null) {
                lent.incrementAndGet();
                permits.add(permit);
              }
            }
            asked.await();
            permits.forEach(permit -> permit.answered(round(time) == 0, 0, time));
          }
        });
    checkChain();
    assertThat(breaker.transitions(State.HALF_OPEN)).isEqualTo(ROUNDS);
  }

  /** Every third round all trials fail together, in the others they succeed together. */
  private static long round(long time) {
    return time / Breakers.MILLI % 3;
  }

  @Test
  void givenUpTrialsMakeRoomForExactlyAsManyOthers() throws Exception {
    int trials = 2;
    CircuitBreaker breaker =
        new CircuitBreaker(
            Breakers.config("openMillis", 1, "successThreshold", trials),
            () -> 0,
            transitions::add,
            0);
    Permit call = breaker.acquire(0);
    for (int i = 0; i < 5; i++) {
      call.answered(true, 0, 0);
    }
    AtomicInteger out = new AtomicInteger();
    together(
        thread -> {
          for (int i = 0; i < ROUNDS * 10; i++) {
            Permit permit = breaker.acquire(Breakers.MILLI);
            if (permit != null) {
              assertThat(out.incrementAndGet()).isLessThanOrEqualTo(trials);
              out.decrementAndGet();
              permit.cancel();
            }
          }
        });
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    assertThat(breaker.acquire(Breakers.MILLI)).isNotNull();
    assertThat(breaker.acquire(Breakers.MILLI)).isNotNull();
    assertThat(breaker.acquire(Breakers.MILLI)).isNull();
  }

  @Test
  void everyChangeHasOneOwnerWhateverHappensAtOnce() throws Exception {
    for (String window : new String[] {"count", "time"}) {
      transitions.clear();
      CircuitBreaker breaker =
          new CircuitBreaker(
              Breakers.config(
                  "window", window, "openMillis", 1, "windowMillis", 10, "minimumCalls", 5),
              () -> ThreadLocalRandom.current().nextDouble(),
              transitions::add,
              System.nanoTime());
      together(
          thread -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            for (int i = 0; i < ROUNDS * 5; i++) {
              long now = System.nanoTime();
              Permit permit = breaker.acquire(now);
              if (permit != null && random.nextInt(10) == 0) {
                permit.cancel();
              } else if (permit != null) {
                permit.answered(random.nextInt(3) == 0, 0, now);
              }
              if (random.nextInt(500) == 0) {
                breaker.force(random.nextBoolean() ? State.CLOSED : State.DISABLED, now);
              }
            }
          });
      assertThat(transitions).hasSizeGreaterThan(100);
      checkChain();
    }
  }

  @Test
  void totalsOfAWindowAreThoseOfItsSlotsOnceAllHaveRecorded() throws Exception {
    CountWindow window = new CountWindow(Breakers.config("windowSize", 64, "slowPercent", 100));
    together(
        thread -> {
          ThreadLocalRandom random = ThreadLocalRandom.current();
          for (int i = 0; i < ROUNDS * 10; i++) {
            window.record(random.nextBoolean(), random.nextBoolean(), 0);
          }
        });
    for (int i = 0; i < 64; i++) {
      window.record(false, false, 0);
    }
    assertThat(window.numbers(0)).isEqualTo(new Window.Numbers(64, 0, 0));
  }
}
