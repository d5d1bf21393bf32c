package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps of 25 ms on a clock that moves by hand. */
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
    loosely(1020, "next");
    assertThat(clock.pending()).isEqualTo(2);
    clock.advance(2000);
    assertThat(ran).containsExactly("a 1000", "b 1000", "c 1000", "next 1025");
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

  private long deadline(long delayMillis, String name) {
    return timers.setDeadline(delayMillis, () -> ran.add(name + " " + clock.nowMillis()));
  }

  @Test
  void deadlines_areExactAndShareATimer() {
    deadline(1000, "a");
    clock.advance(3);
    long cancelled = deadline(1000, "b");
    deadline(50, "short");
    clock.advance(4);
    deadline(1000, "c");
    assertThat(clock.pending()).as("one for each length").isEqualTo(2);
    timers.cancel(cancelled);
    clock.advance(2000);
    assertThat(ran).containsExactly("short 53", "a 1000", "c 1007");
    assertThat(clock.pending()).isZero();
  }

  @Test
  void deadlinesThatNeverCome_costATimerOnceInAWhile() {
    for (int i = 0; i < 999; i++) {
      timers.cancel(deadline(1000, "cancelled"));
      clock.advance(1);
      assertThat(clock.pending()).isEqualTo(1);
    }
    clock.advance(1000);
    assertThat(clock.pending()).isZero();
    assertThat(ran).isEmpty();
  }

  @Test
  void deadlineThatSetsAnother_isFollowedByIt() {
    timers.setDeadline(
        100,
        () -> {
          throw new IllegalStateException("on purpose");
        });
    timers.setDeadline(100, () -> deadline(100, "next"));
    clock.advance(1000);
    assertThat(ran).containsExactly("next 200");
  }
}
