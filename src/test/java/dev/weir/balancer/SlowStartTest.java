package dev.weir.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.SlowStartConfig;
import org.junit.jupiter.api.Test;

class SlowStartTest {

  private static final long SECOND = 1_000_000_000L;

  private static SlowStart of(double aggression, int minPercent) {
    return new SlowStart(new SlowStartConfig(100_000, aggression, minPercent));
  }

  @Test
  void percent_isALineByDefault() {
    SlowStart line = of(1, 10);
    assertThat(line.percent(0)).isEqualTo(10);
    assertThat(line.percent(10 * SECOND)).isEqualTo(10);
    assertThat(line.percent(11 * SECOND)).isEqualTo(11);
    assertThat(line.percent(50 * SECOND)).isEqualTo(50);
    assertThat(line.percent(99 * SECOND)).isEqualTo(99);
    assertThat(line.percent(100 * SECOND)).isEqualTo(100);
    assertThat(line.percent(Long.MAX_VALUE)).isEqualTo(100);
  }

  @Test
  void aggression_bendsTheCurve() {
    assertThat(of(2, 1).percent(25 * SECOND)).isEqualTo(50);
    assertThat(of(0.5, 1).percent(50 * SECOND)).isEqualTo(25);
  }

  @Test
  void percent_neverLeavesItsRange() {
    SlowStart curve = of(0.1, 7);
    assertThat(curve.percent(-SECOND)).isEqualTo(7);
    for (long age = 0; age < 200; age++) {
      assertThat(curve.percent(age * SECOND)).isBetween(7, 100);
    }
  }

  @Test
  void noWindow_givesTheWholeShareAtOnce() {
    assertThat(new SlowStart(new SlowStartConfig(0, 1, 10)).percent(0)).isEqualTo(100);
  }

  @Test
  void step_isAHundredthOfTheWindowWithinBounds() {
    assertThat(of(1, 10).stepMillis()).isEqualTo(1000);
    assertThat(new SlowStart(new SlowStartConfig(20_000, 1, 10)).stepMillis()).isEqualTo(200);
    assertThat(new SlowStart(new SlowStartConfig(100, 1, 10)).stepMillis()).isEqualTo(10);
  }
}
