package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that are well-formed, and hosts that are not. */
class AuthorityTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a.test",
        "A.Test.",
        "my_service",
        "xn--bcher-kva.de",
        "a.test:80",
        "a.test:",
        "a:0",
        "a:65535",
        "a:9090",
        "a:00080",
        "10.0.0.1",
        "10.0.0.1:8080",
        "[::1]",
        "[::1]:80",
        "[::1]:",
        "[FE80::1]",
        "[::ffff:10.0.0.1]:443",
        "a~b!c$d&e'f(g)h*i+j=k"
      })
  void wellFormed(String host) {
    assertThat(Authority.isValid(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        " a",
        "a ",
        "a,b",
        "a.test, b.test",
        "a;b",
        "a/b",
        "a\\b",
        "a?b",
        "a#b",
        "user@a",
        "user:pw@a",
        "http://a",
        "a:b",
        "a:80:80",
        "a:-1",
        "a:+1",
        "a:65536",
        "a:99999",
        "a:000080",
        ":80",
        ":",
        "::1",
        "[",
        "[]",
        "[]:80",
        "[::1",
        "::1]",
        "[::1]x",
        "[::1]80",
        "[::1]:x",
        "[a]",
        "[:]",
        "[:::]",
        "[1.2.3.4]",
        "[fe80::1%eth0]",
        "[[::1]]",
        "[::1]]",
        "[v1.a]",
        "<a>",
        "a\"b",
        "a^b",
        "a`b",
        "a{b}",
        "a|b",
        "a%b",
        "a%41",
        "a\u0000",
        "a\u0001b",
        "a\u007f",
        "a\u0080",
        "\u00e9",
        "\uff41",
        "a:\uff11"
      })
  void malformed(String host) {
    assertThat(Authority.isValid(host)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "080, 80",
    "65535, 65535",
    "65536, -1",
    "'', -1",
    "-1, -1",
    "' 1', -1",
    "1a, -1",
    "999999999999, -1"
  })
  void port(String text, int port) {
    assertThat(Authority.port(text, 0)).isEqualTo(port);
  }
}
