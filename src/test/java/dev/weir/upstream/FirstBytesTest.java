package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FirstBytesTest {

  private final FirstBytes times = new FirstBytes();

  @Test
  void tooFew_sayNothing() {
    for (int i = 1; i < FirstBytes.FEWEST; i++) {
      times.add(1000);
    }
    assertThat(times.percentile(50)).isEqualTo(-1);
    times.add(1000);
    assertThat(times.percentile(50)).isBetween(1000L, 1250L);
  }

  @Test
  void percentile_isAtMostAQuarterTooHigh() {
    SplittableRandom random = new SplittableRandom(5);
    long[] all = random.longs(FirstBytes.GENERATION, 100_000, 2_000_000_000L).toArray();
    Arrays.stream(all).forEach(times::add);
    Arrays.sort(all);
    for (int percent = 1; percent < 100; percent++) {
      long exact = all[percent * all.length / 100 - 1];
      assertThat(times.percentile(percent)).isBetween(exact, exact + exact / 4 + 1);
    }
  }

  @Test
  void oldTimes_areForgotten() {
    for (int i = 0; i < FirstBytes.GENERATION; i++) {
      times.add(1_000_000_000L);
    }
    for (int i = 0; i < 2 * FirstBytes.GENERATION; i++) {
      times.add(1_000_000);
    }
    assertThat(times.percentile(99)).isBetween(1_000_000L, 1_250_000L);
  }

  @Test
  void anyTime_hasABucket() {
    for (long nanos : new long[] {Long.MIN_VALUE, -1, 0, 1, 5, Long.MAX_VALUE}) {
      times.add(nanos);
    }
    for (int i = 0; i < FirstBytes.FEWEST; i++) {
      times.add(0);
    }
    assertThat(times.percentile(50)).isBetween(1L, 10L);
  }
}
