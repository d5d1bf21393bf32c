package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final RiseFall UP = new RiseFall(2, 3, true, false);
  private static final long INTERVAL = 10_000;

  private static long[] offsets(int endpoints, String key) {
    return IntStream.range(0, endpoints)
        .mapToLong(
            i ->
                new Schedule(Configs.of("intervalMillis", INTERVAL), String.format(key, i), () -> 0)
                    .offsetMillis())
        .sorted()
        .toArray();
  }

  @Test
  void offset_isSpreadOverTheInterval() {
    long[] offsets = offsets(500, "node/orders/10.0.0.1:%d");
    assertThat(offsets[0]).isNotNegative();
    assertThat(offsets[499]).isLessThan(INTERVAL);
    for (int tenth = 0; tenth < 10; tenth++) {
      long from = tenth * INTERVAL / 10;
      long inside = IntStream.range(0, 500).filter(i -> offsets[i] / 1000 == from / 1000).count();
      assertThat(inside).as("probes of 500 from %d ms on", from).isBetween(25L, 75L);
    }
  }

  @Test
  void offset_ofNeighboursIsFarApart() {
    long[] offsets = offsets(4, "node/orders/127.0.0.1:900%d");
    for (int i = 1; i < offsets.length; i++) {
      assertThat(offsets[i] - offsets[i - 1]).isGreaterThan(INTERVAL / 10);
    }
  }

  @Test
  void offset_dependsOnTheNode() {
    long one =
        new Schedule(Configs.of("intervalMillis", INTERVAL), "a/orders/h:1", () -> 0)
            .offsetMillis();
    long other =
        new Schedule(Configs.of("intervalMillis", INTERVAL), "b/orders/h:1", () -> 0)
            .offsetMillis();
    assertThat(Math.abs(one - other)).isGreaterThan(100);
  }

  @Test
  void offset_worksForTheShortestAndTheLongestInterval() {
    long week = 7L * 24 * 60 * 60 * 1000;
    assertThat(new Schedule(Configs.of("intervalMillis", 1), "any", () -> 0).offsetMillis())
        .isZero();
    assertThat(new Schedule(Configs.of("intervalMillis", week), "any", () -> 0).offsetMillis())
        .isBetween(1L, week - 1);
  }

  @Test
  void next_isTheIntervalLessATenthAtMost() {
    Random random = new Random(1);
    Schedule schedule =
        new Schedule(Configs.of("intervalMillis", INTERVAL), "any", random::nextDouble);
    for (int i = 0; i < 1000; i++) {
      assertThat(schedule.nextMillis(UP)).isBetween(9000L, INTERVAL);
    }
    assertThat(new Schedule(Configs.of("intervalMillis", INTERVAL), "any", () -> 0).nextMillis(UP))
        .isEqualTo(INTERVAL);
    assertThat(new Schedule(Configs.of("intervalMillis", INTERVAL), "any", () -> 1).nextMillis(UP))
        .isEqualTo(9000);
    assertThat(new Schedule(Configs.of("intervalMillis", 1), "any", () -> 1).nextMillis(UP))
        .isEqualTo(1);
  }

  @Test
  void interval_dependsOnTheState() {
    Object[] config = {
      "intervalMillis", 1000, "changingIntervalMillis", 100, "downIntervalMillis", 5000
    };
    Schedule schedule = new Schedule(Configs.of(config), "any", () -> 0);
    RiseFall state = new RiseFall(2, 2, true, false);
    assertThat(schedule.nextMillis(state)).isEqualTo(1000);
    state.failure();
    assertThat(schedule.nextMillis(state)).as("one failure").isEqualTo(100);
    state.failure();
    assertThat(schedule.nextMillis(state)).as("down").isEqualTo(5000);
    state.success();
    assertThat(schedule.nextMillis(state)).as("one success").isEqualTo(100);
    state.success();
    assertThat(schedule.nextMillis(state)).as("up").isEqualTo(1000);
  }
}
