package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.RetryBudgetConfig;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {

  private final AtomicInteger inFlight = new AtomicInteger();
  private final RetryBudget budget = new RetryBudget(inFlight::get);

  private int acquireAll(RetryBudgetConfig config) {
    int acquired = 0;
    while (budget.tryAcquire(config, 0)) {
      acquired++;
      inFlight.incrementAndGet(); // The retry itself is in flight too.
    }
    return acquired;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 20, 3, 3",
    "10, 20, 3, 3",
    "19, 20, 3, 3",
    "20, 20, 3, 4",
    "1000, 20, 3, 200",
    "1000, 0, 3, 3",
    "1000, 0, 0, 0",
    "1000, 100, 0, 1000",
    "4, 20, 0, 0"
  })
  void retriesAreAShareOfTheFirstTries(int first, int percent, int min, int expected) {
    inFlight.set(first);
    assertThat(acquireAll(new RetryBudgetConfig(percent, min))).isEqualTo(expected);
    assertThat(budget.retries()).isEqualTo(expected);
  }

  @Test
  void limit_holdsWhateverTheBudgetAllows() {
    RetryBudgetConfig many = new RetryBudgetConfig(0, 100);
    assertThat(budget.tryAcquire(many, 2)).isTrue();
    assertThat(budget.tryAcquire(many, 2)).isTrue();
    assertThat(budget.tryAcquire(many, 2)).isFalse();
  }

  @Test
  void retryThatFailed_doesNotPayForTheNext() {
    RetryBudgetConfig fifth = new RetryBudgetConfig(20, 0);
    inFlight.set(10);
    assertThat(acquireAll(fifth)).isEqualTo(2);
    assertThat(budget.tryKeep(fifth, 0)).isTrue();
    assertThat(budget.tryKeep(fifth, 1)).isFalse();
    assertThat(budget.retries()).isEqualTo(1);
    inFlight.set(5);
    assertThat(budget.tryKeep(fifth, 0)).isFalse();
    assertThat(budget.retries()).isZero();
  }

  @Test
  void whatIsReleasedCanBeAcquiredAgain() {
    RetryBudgetConfig one = new RetryBudgetConfig(0, 1);
    assertThat(budget.tryAcquire(one, 0)).isTrue();
    assertThat(budget.tryAcquire(one, 0)).isFalse();
    budget.release();
    assertThat(budget.tryAcquire(one, 0)).isTrue();
  }

  @Test
  void manyThreads_neverGetMoreThanThereIs() throws Exception {
    RetryBudgetConfig few = new RetryBudgetConfig(0, 5);
    AtomicInteger most = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> use(few, most, start));
      threads[i].start();
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most.get()).isBetween(1, 5);
    assertThat(budget.retries()).isZero();
  }

  private void use(RetryBudgetConfig config, AtomicInteger most, CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    for (int i = 0; i < 20_000; i++) {
      if (budget.tryAcquire(config, 0)) {
        most.accumulateAndGet(budget.retries(), Math::max);
        budget.release();
      }
    }
  }
}
