package dev.weir.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.config.AccessLogConfig;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {

  private static final LongSupplier NEVER_ASKED =
      () -> {
        throw new AssertionError("no random number is needed");
      };

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.5, 0.99})
  void sampled_share_withinThreeSigma(double ratio) {
    int n = 200_000;
    Sampling sampling = sampled(ratio, new SplittableRandom(11)::nextLong);
    int chosen = 0;
    for (int i = 0; i < n; i++) {
      chosen += sampling.wants(200, null) ? 1 : 0;
    }

    double sigma = Math.sqrt(n * ratio * (1 - ratio));
    assertThat((double) chosen).isCloseTo(n * ratio, within(3 * sigma));
  }

  @Test
  void sampled_errorsAndFlags_always() {
    Sampling sampling = sampled(0, () -> 0);

    assertThat(sampling.wants(500, null)).isTrue();
    assertThat(sampling.wants(404, "NR")).isTrue();
    assertThat(sampling.wants(499, null)).isFalse();
  }

  @Test
  void sampled_extremeRandomNumbers() {
    assertThat(sampled(0, () -> 0).wants(200, null)).isFalse();
    assertThat(sampled(0.5, () -> Long.MAX_VALUE).wants(200, null)).isTrue();
    assertThat(sampled(0.5, () -> Long.MIN_VALUE).wants(200, null)).isFalse();
    assertThat(sampled(0.999_999, () -> -1).wants(200, null)).isFalse();
    assertThat(sampled(1, NEVER_ASKED).wants(200, null)).isTrue();
  }

  @Test
  void full_everything() {
    Sampling sampling = new Sampling(config(AccessLogConfig.FULL, 0), NEVER_ASKED);

    assertThat(sampling.enabled()).isTrue();
    assertThat(sampling.wants(200, null)).isTrue();
  }

  @Test
  void off_nothing() {
    Sampling sampling = new Sampling(config(AccessLogConfig.OFF, 1), NEVER_ASKED);

    assertThat(sampling.enabled()).isFalse();
    assertThat(sampling.wants(503, "UH")).isFalse();
  }

  private static Sampling sampled(double ratio, LongSupplier random) {
    return new Sampling(config(AccessLogConfig.SAMPLED, ratio), random);
  }

  private static AccessLogConfig config(String mode, double ratio) {
    return new AccessLogConfig(mode, AccessLogConfig.LOGFMT, ratio, null, 16);
  }
}
