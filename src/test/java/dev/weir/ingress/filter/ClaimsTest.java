package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names claim to say where a request comes from. */
class ClaimsTest {

  @ParameterizedTest
  @CsvSource({
    "Forwarded, OPEN",
    "FORWARDED, OPEN",
    "X-Forwarded-For, OPEN",
    "x-forwarded-anything, OPEN",
    "X-Real-IP, OPEN",
    "X_Forwarded_For, DISGUISED",
    "X-Forwarded_For, DISGUISED",
    "x_real-ip, DISGUISED",
    "X-Forwarded-My_Field, DISGUISED",
    "X-Forwarded, NONE",
    "X-Forward-For, NONE",
    "Forwarded-X, NONE",
    "Forwardec, NONE",
    "X-Real-IPs, NONE",
    "X-Request-Id, NONE",
    "X, NONE",
    "F, NONE"
  })
  void name(String name, Claims claims) {
    assertThat(Claims.NONE.with(name)).isEqualTo(claims);
  }

  @Test
  void oneInDisguiseIsEnough() {
    assertThat(Claims.OPEN.with("X_Real_IP").with("Forwarded")).isEqualTo(Claims.DISGUISED);
    assertThat(Claims.OPEN.with("Accept")).isEqualTo(Claims.OPEN);
  }
}
