package dev.weir.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;

  private final Latency latency = new Latency();

  @Test
  void nothing_isKnownBeforeTheFirstAnswer() {
    assertThat(latency.nanos(SECOND)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -SECOND, 1L << 51, (1L << 51) - 1})
  void firstAnswer_isTheAverageWhateverTheClockSays(long now) {
    latency.observe(5 * MILLI, now);
    assertThat(latency.nanos(now)).isEqualTo(5 * MILLI, within(1f));
  }

  @Test
  void slowerAnswer_countsAtOnce() {
    latency.observe(5 * MILLI, 0);
    latency.observe(80 * MILLI, SECOND);
    assertThat(latency.nanos(SECOND)).isEqualTo(80f * MILLI, within(10f));
  }

  @Test
  void fasterAnswer_countsByTheTimeThatPassed() {
    latency.observe(80 * MILLI, 0);
    latency.observe(5 * MILLI, 0);
    assertThat(latency.nanos(0)).as("at the same time").isEqualTo(80f * MILLI, within(10f));
    latency.observe(5 * MILLI, 10 * SECOND);
    assertThat(latency.nanos(10 * SECOND))
        .as("after one decay time two fifths of the old are left, e to the -1 nearly")
        .isEqualTo(80f * MILLI * 0.4f + 5f * MILLI * 0.6f, within(0.1f * MILLI));
  }

  @Test
  void silence_decays() {
    latency.observe(80 * MILLI, 0);
    assertThat(latency.nanos(10 * SECOND)).isEqualTo(32f * MILLI, within(0.1f * MILLI));
    assertThat(latency.nanos(100 * SECOND)).isLessThan(2f * MILLI);
    assertThat(latency.nanos(-SECOND)).as("a clock that goes back").isEqualTo(80f * MILLI);
  }

  @Test
  void steadyAnswers_areTheAverage() {
    for (long now = 0; now < 60 * SECOND; now += 10 * MILLI) {
      latency.observe(7 * MILLI, now);
    }
    assertThat(latency.nanos(60 * SECOND)).isEqualTo(7f * MILLI, within(0.05f * MILLI));
  }

  @Test
  void concurrentAnswers_leaveAValueThatSomeoneObserved() throws Exception {
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      long nanos = (i + 1) * MILLI;
      threads[i] =
          new Thread(
              () -> {
                for (int n = 0; n < 100_000; n++) {
                  latency.observe(nanos, 0);
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(latency.nanos(0)).isEqualTo(4f * MILLI);
  }
}
