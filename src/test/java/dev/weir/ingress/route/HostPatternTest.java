package dev.weir.ingress.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The host of an authority. */
class HostPatternTest {

  @ParameterizedTest
  @CsvSource({
    "example.com:8080,   example.com",
    "example.com:,       example.com",
    "Example.COM,        example.com",
    "EXAMPLE.com.:80,    example.com",
    "example.com.,       example.com",
    "example.com..,      example.com.",
    "., ''",
    ":80, ''",
    "10.0.0.1:80,        10.0.0.1",
    "[::1]:80,           [::1]",
    "[FD00::AB],         [fd00::ab]",
    "[FD00::AB]:,        [fd00::ab]",
    "[::1,               [",
    "localhost:8080,     localhost",
    "ÄB.test,            Äb.test"
  })
  void hostOf_takesAwayPortDotAndCapitals(String authority, String host) {
    assertThat(HostPattern.hostOf(authority)).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.com", "a", "[::1]", "10.0.0.1", "x_y-z.example.com"})
  void hostOf_normalAlready_isTheSameObject(String authority) {
    assertThat(HostPattern.hostOf(authority)).isSameAs(authority);
  }

  @Test
  void hostOf_null_isNull() {
    assertThat(HostPattern.hostOf(null)).isNull();
  }
}
