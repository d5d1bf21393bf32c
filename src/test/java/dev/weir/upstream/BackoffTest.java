package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.BackoffConfig;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** One that always draws the longest wait. */
  private static Backoff longest(long base, long max, long retryAfterMax) {
    return new Backoff(new BackoffConfig(base, max, retryAfterMax), bound -> bound - 1);
  }

  @ParameterizedTest
  @CsvSource({"1, 25", "2, 50", "3, 100", "4, 200", "5, 250", "9, 250", "100, 250"})
  void longestWaitDoublesUpToTheMaximum(int failed, long expected) {
    assertThat(longest(25, 250, 0).nanos(failed, 0)).isEqualTo(millis(expected) - 1);
  }

  @Test
  void waitIsByChanceFromNothingOn() {
    SplittableRandom random = new SplittableRandom(7);
    Backoff backoff = new Backoff(new BackoffConfig(100, 100, 0), random::nextLong);
    long least = Long.MAX_VALUE;
    long most = 0;
    double sum = 0;
    for (int i = 0; i < 10_000; i++) {
      long wait = backoff.nanos(1, 0);
      least = Math.min(least, wait);
      most = Math.max(most, wait);
      sum += wait;
    }
    assertThat(least).isBetween(0L, millis(1));
    assertThat(most).isBetween(millis(99), millis(100));
    assertThat(sum / 10_000).isBetween((double) millis(48), (double) millis(52));
  }

  @Test
  void noBase_isNoWait() {
    assertThat(longest(0, 250, 0).nanos(5, 0)).isZero();
    assertThat(longest(25, 0, 0).nanos(5, 0)).isZero();
  }

  @Test
  void longestConfigurableWait_doesNotOverflow() {
    long week = 7L * 24 * 60 * 60 * 1000;
    assertThat(longest(week, week, 0).nanos(10, 0)).isEqualTo(millis(week) - 1);
  }

  @Test
  void retryAfter_isHonouredUpToItsCap() {
    Backoff backoff = longest(25, 250, 1000);
    assertThat(backoff.nanos(1, millis(400))).isEqualTo(millis(400));
    assertThat(backoff.nanos(1, millis(120_000))).isEqualTo(millis(1000));
    assertThat(backoff.nanos(1, millis(5))).isEqualTo(millis(25) - 1);
    assertThat(longest(25, 250, 0).nanos(1, millis(400))).isEqualTo(millis(25) - 1);
  }
}
