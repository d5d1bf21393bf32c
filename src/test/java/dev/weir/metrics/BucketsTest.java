package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BucketsTest {

  @Test
  void of_boundsBelongToTheirBucket() {
    assertThat(Buckets.of(0)).isZero();
    assertThat(Buckets.of(500_000)).isZero();
    assertThat(Buckets.of(500_001)).isEqualTo(1);
    assertThat(Buckets.of(1_000_000)).isEqualTo(1);
    assertThat(Buckets.of(60_000_000_000L)).isEqualTo(Buckets.COUNT - 2);
    assertThat(Buckets.of(60_000_000_001L)).isEqualTo(Buckets.COUNT - 1);
    assertThat(Buckets.of(Long.MAX_VALUE)).isEqualTo(Buckets.COUNT - 1);
  }

  @Test
  void boundsSeconds_growUpToInfinity() {
    double[] bounds = Buckets.boundsSeconds();

    assertThat(bounds).isSorted().hasSize(Buckets.COUNT).doesNotHaveDuplicates();
    assertThat(bounds[0]).isEqualTo(0.0005);
    assertThat(bounds[Buckets.COUNT - 1]).isInfinite();
  }
}
