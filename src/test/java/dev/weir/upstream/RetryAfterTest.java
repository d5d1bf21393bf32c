package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static MultiMap headers(String retryAfter, String date) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (date != null) {
      headers.add("Date", date);
    }
    return headers.add("Retry-After", retryAfter);
  }

  @Test
  void seconds_areRead() {
    assertThat(RetryAfter.nanos(headers("120", null))).isEqualTo(TimeUnit.SECONDS.toNanos(120));
    assertThat(RetryAfter.nanos(headers("999999999999999999", null))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void date_countsFromThatOfTheResponse() {
    String sent = "Sun, 06 Nov 1994 08:49:37 GMT";
    String then = "Sun, 06 Nov 1994 08:50:07 GMT";
    assertThat(RetryAfter.nanos(headers(then, sent))).isEqualTo(TimeUnit.SECONDS.toNanos(30));
    assertThat(RetryAfter.nanos(headers(sent, then))).isZero();
    assertThat(RetryAfter.nanos(headers(then, null))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "9999999999999999999999"})
  void anythingElse_isNothing(String value) {
    assertThat(RetryAfter.nanos(headers(value, "Sun, 06 Nov 1994 08:49:37 GMT"))).isZero();
  }

  @Test
  void noField_isNothing() {
    assertThat(RetryAfter.nanos(MultiMap.caseInsensitiveMultiMap())).isZero();
  }
}
