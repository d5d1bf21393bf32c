package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.BackoffConfig;
import dev.weir.config.HedgeConfig;
import dev.weir.config.RetryConfig;
import dev.weir.exchange.Trouble;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.StreamResetException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

  private static final HedgeConfig NO_HEDGE = new HedgeConfig(0, 0);

  private static RetryPolicy policy(List<String> on, List<Integer> statuses, String... methods) {
    BackoffConfig backoff = new BackoffConfig(0, 0, 0);
    RetryConfig config =
        new RetryConfig(3, on, statuses, List.of(methods), 0, backoff, 0, NO_HEDGE);
    return new RetryPolicy(config, bound -> 0);
  }

  @Test
  void oneAttemptAndNoTimeout_isNoPolicy() {
    BackoffConfig backoff = new BackoffConfig(0, 0, 0);
    List<String> on = RetryConfig.DEFAULT_ON;
    assertThat(
            RetryPolicy.of(new RetryConfig(1, on, List.of(), List.of(), 0, backoff, 0, NO_HEDGE)))
        .isNull();
    assertThat(
            RetryPolicy.of(new RetryConfig(1, on, List.of(), List.of(), 1, backoff, 0, NO_HEDGE)))
        .isNotNull();
    assertThat(
            RetryPolicy.of(new RetryConfig(2, on, List.of(), List.of(), 0, backoff, 0, NO_HEDGE)))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
  void idempotentMethods_mayBeRepeated(String method) {
    RetryPolicy policy = policy(List.of("reset"), List.of());
    assertThat(policy.covers(Trouble.RESET, HttpMethod.valueOf(method))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH", "LOCK", "get"})
  void otherMethods_onlyWhenTheServerDidNotSeeThem(String method) {
    RetryPolicy policy = policy(RetryConfig.DEFAULT_ON, List.of(500));
    HttpMethod other = HttpMethod.valueOf(method);
    assertThat(policy.covers(Trouble.RESET, other)).isFalse();
    assertThat(policy.covers(Trouble.TIMEOUT, other)).isFalse();
    assertThat(policy.covers(Trouble.STATUS, other)).isFalse();
    assertThat(policy.covers(Trouble.CONNECT_FAILURE, other)).isTrue();
    assertThat(policy.covers(Trouble.REFUSED_STREAM, other)).isTrue();
  }

  @Test
  void listedMethods_replaceTheIdempotentOnes() {
    RetryPolicy policy = policy(List.of("reset"), List.of(), "POST");
    assertThat(policy.covers(Trouble.RESET, HttpMethod.POST)).isTrue();
    assertThat(policy.covers(Trouble.RESET, HttpMethod.GET)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void onlyListedConditionsCount(Trouble trouble) {
    RetryPolicy none = policy(List.of(), List.of());
    assertThat(none.covers(trouble, HttpMethod.GET)).isFalse();
  }

  @Test
  void statuses_areTold() {
    RetryPolicy policy = policy(List.of("gateway-error"), List.of(429, 500, 503));
    assertThat(policy.troubleOf(200)).isNull();
    assertThat(policy.troubleOf(501)).isNull();
    assertThat(policy.troubleOf(429)).isEqualTo(Trouble.STATUS);
    assertThat(policy.troubleOf(500)).isEqualTo(Trouble.STATUS);
    assertThat(policy.troubleOf(503)).isEqualTo(Trouble.GATEWAY_ERROR);
    assertThat(policy(List.of("reset"), List.of()).troubleOf(503)).isNull();
  }

  private static long hedgeMillis(int delay, int percentile, FirstBytes recent) {
    BackoffConfig backoff = new BackoffConfig(0, 0, 0);
    List<String> on = RetryConfig.DEFAULT_ON;
    HedgeConfig hedge = new HedgeConfig(delay, percentile);
    RetryConfig config = new RetryConfig(1, on, List.of(), List.of(), 0, backoff, 0, hedge);
    long nanos = RetryPolicy.of(config).hedgeNanos(HttpMethod.GET, recent);
    return nanos < 0 ? nanos : nanos / 1_000_000;
  }

  @Test
  void hedge_waitsForTheDelayOrThePercentile() {
    FirstBytes recent = new FirstBytes();
    assertThat(hedgeMillis(20, 0, recent)).isEqualTo(20);
    assertThat(hedgeMillis(20, 90, recent)).isEqualTo(20);
    assertThat(hedgeMillis(0, 90, recent)).isEqualTo(-1);
    for (int i = 0; i < 100; i++) {
      recent.add(100_000_000L);
    }
    assertThat(hedgeMillis(20, 90, recent)).isBetween(100L, 125L);
    assertThat(hedgeMillis(0, 90, recent)).isBetween(100L, 125L);
    assertThat(hedgeMillis(500, 90, recent)).isEqualTo(500);
  }

  @Test
  void refusedStream_isToldFromOtherResets() {
    assertThat(Framing.isRefused(new StreamResetException(7))).isTrue();
    assertThat(Framing.isRefused(new StreamResetException(8))).isFalse();
    assertThat(Framing.isRefused(new RuntimeException())).isFalse();
  }
}
