package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps of 10 ms on a clock that moves by hand. */
class GatheredTimersTest {
  private final ManualTimers clock = new ManualTimers();
  private final GatheredTimers timers = new GatheredTimers(clock, clock);
  private final List<String> ran = new ArrayList<>();

  private long loosely(long delayMillis, String name) {
    return timers.setLoosely(delayMillis, () -> ran.add(name + " " + clock.nowMillis()));
  }

  @Test
  void whatIsDueInOneStep_runsTogetherAtItsStart() {
    clock.advance(3);
    loosely(1007, "a");
    loosely(1016, "b");
    clock.advance(5);
    loosely(1002, "c");
    loosely(1012, "next");
    assertThat(clock.pending()).isEqualTo(2);
    clock.advance(2000);
    assertThat(ran).containsExactly("a 1010", "b 1010", "c 1010", "next 1020");
    assertThat(clock.pending()).isZero();
  }

  @Test
  void shortDelaysAndOthers_areExact() {
    clock.advance(3);
    loosely(99, "short");
    timers.set(1004, () -> ran.add("exact " + clock.nowMillis()));
    clock.advance(2000);
    assertThat(ran).containsExactly("short 102", "exact 1007");
  }

  @Test
  void whatIsCancelled_doesNotRun() {
    timers.cancel(loosely(1000, "loose"));
    timers.cancel(timers.set(1000, () -> ran.add("exact")));
    loosely(1000, "stays");
    clock.advance(2000);
    assertThat(ran).containsExactly("stays 1000");
  }

  @Test
  void oneThatFails_leavesTheOthersAlone() {
    timers.setLoosely(
        1000,
        () -> {
          throw new IllegalStateException("on purpose");
        });
    loosely(1000, "other");
    clock.advance(2000);
    assertThat(ran).containsExactly("other 1000");
  }
}
