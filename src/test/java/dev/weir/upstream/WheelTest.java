package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WheelTest {

  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(Wheel.STEP_MILLIS);

  private long now = 17;
  private int alarms;
  private final Wheel wheel = new Wheel(() -> now, () -> alarms++);
  private final List<Long> ended = new ArrayList<>();

  private final class Noted extends Wheel.Wait {
    private final long due;

    Noted(long delay) {
      due = now + delay;
      wheel.add(this, delay);
    }

    @Override
    void over() {
      assertThat(now).isGreaterThanOrEqualTo(due);
      assertThat(now - due).isLessThanOrEqualTo(2 * STEP);
      ended.add(due);
    }
  }

  private void advance(long nanos) {
    now += nanos;
    alarms--;
    wheel.turn();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 3_999_999, 4_000_000, 25_000_000, 511_000_000, 513_000_000, 3_000_000_000L})
  void waitEndsInTime(long delay) {
    new Noted(delay);
    while (wheel.size() > 0) {
      assertThat(alarms).isEqualTo(1);
      advance(STEP);
    }
    assertThat(ended).hasSize(1);
    assertThat(alarms).isZero();
  }

  @Test
  void manyWaits_allEndInTime() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 1000; i++) {
      new Noted(random.nextLong(2_000_000_000L));
    }
    while (wheel.size() > 0) {
      advance(STEP);
    }
    assertThat(ended).hasSize(1000);
  }

  @Test
  void lateTurn_endsAllThatIsDue() {
    Wheel.Wait[] waits = new Wheel.Wait[200];
    int[] count = new int[1];
    for (int i = 0; i < waits.length; i++) {
      waits[i] =
          new Wheel.Wait() {
            @Override
            void over() {
              count[0]++;
            }
          };
      wheel.add(waits[i], i * STEP);
    }
    advance(1000 * STEP);
    assertThat(count[0]).isEqualTo(200);
    assertThat(wheel.size()).isZero();
  }

  @Test
  void removedWait_doesNotEnd() {
    Noted first = new Noted(STEP);
    Noted second = new Noted(STEP);
    Noted third = new Noted(STEP);
    wheel.remove(second);
    wheel.remove(second);
    advance(3 * STEP);
    assertThat(ended).hasSize(2);
    wheel.remove(first);
    wheel.remove(third);
    assertThat(wheel.size()).isZero();
  }

  @Test
  void wait_mayRemoveOthersAndAddNewOnes() {
    Noted[] victims = new Noted[3];
    Wheel.Wait killer =
        new Wheel.Wait() {
          @Override
          void over() {
            for (Noted victim : victims) {
              wheel.remove(victim);
            }
            new Noted(STEP);
          }
        };
    for (int i = 0; i < victims.length; i++) {
      victims[i] = new Noted(2 * STEP);
    }
    wheel.add(killer, 0);
    advance(STEP);
    assertThat(alarms).isEqualTo(1);
    while (wheel.size() > 0) {
      advance(STEP);
    }
    assertThat(ended).hasSize(1);
  }
}
