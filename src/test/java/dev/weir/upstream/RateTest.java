package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateTest {

  private static final long TENTH = TimeUnit.MILLISECONDS.toNanos(100);

  private final Rate rate = new Rate(1000, TimeUnit.SECONDS.toNanos(1));

  private boolean waits(int tenths, long bytesEach) {
    boolean slow = false;
    for (int i = 0; i < tenths; i++) {
      slow |= rate.isTooSlow(TENTH, bytesEach);
    }
    return slow;
  }

  @Test
  void justFastEnough_isNeverTooSlow() {
    assertThat(waits(100, 100)).isFalse();
  }

  @Test
  void tooSlow_isToldAfterAWindowAndNotBefore() {
    assertThat(waits(9, 99)).isFalse();
    assertThat(waits(1, 99)).isTrue();
  }

  @Test
  void windowsAreJudgedByThemselves() {
    assertThat(waits(10, 100_000)).isFalse();
    assertThat(waits(9, 0)).isFalse();
    assertThat(waits(1, 0)).isTrue();
  }

  @Test
  void timeOfTheOtherSide_doesNotCount_butItsBytesDo() {
    assertThat(waits(9, 0)).isFalse();
    rate.passed(1000);
    assertThat(waits(1, 0)).isFalse();
  }

  @Test
  void noRate_isNone() {
    assertThat(Rate.of(0, 1)).isNull();
    assertThat(Rate.of(1, 1)).isNotNull();
  }
}
