package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that keep to each rule, and texts that do not. */
class RulesTest {

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "a-b.Example.COM, true",
    "my_service, true",
    "1.example.com, true",
    "10.0.0.1, true",
    "::1, true",
    "fe80::1:2, true",
    "'', false",
    "a..b, false",
    ".a, false",
    "a., false",
    "-a, false",
    "a-, false",
    "a b, false",
    "a:80, false",
    "10.0.0.256, false",
    "10.0.1, false",
    "[::1], false",
    "fe80::1%eth0, false",
    "bücher.de, false",
    "*.example.com, false"
  })
  void host(String text, boolean right) {
    assertThat(HostRules.HOST.test().test(text)).isEqualTo(right);
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, true",
    "*.example.com, true",
    "*, false",
    "*., false",
    "a.*.com, false",
    "*.*.com, false",
    "example.com:80, false"
  })
  void hostPattern(String text, boolean right) {
    assertThat(HostRules.PATTERN.test().test(text)).isEqualTo(right);
  }

  @ParameterizedTest
  @CsvSource({
    "preserve, true",
    "upstream, true",
    "a.example.com:8080, true",
    "[::1]:80, true",
    "[::1], true",
    "10.0.0.1:80, true",
    "::1, false",
    "a:, false",
    "a:65536, false",
    "a:b, false",
    "[a]:80, false",
    "a/b, false"
  })
  void hostHeader(String text, boolean right) {
    assertThat(HostRules.WITH_OPTIONAL_PORT.test().test(text)).isEqualTo(right);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, true",
    "10.0.0.0/8, true",
    "0.0.0.0/0, true",
    "::1, true",
    "fd00::/8, true",
    "::/0, true",
    "::ffff:10.0.0.1/128, true",
    "10.0.0.0/33, false",
    "fd00::/129, false",
    "10.0.0.0/, false",
    "10.0.0.0/-1, false",
    "10.0.0.0/08, false",
    "10.0.0/8, false",
    "localhost, false",
    "localhost/8, false",
    "'', false"
  })
  void cidr(String text, boolean right) {
    assertThat(HostRules.CIDR.test().test(text)).isEqualTo(right);
  }

  @ParameterizedTest
  @CsvSource({
    "/, true",
    "/*, true",
    "/a, true",
    "/a/, true",
    "/a/:id, true",
    "/a/:id/b/:_x1/*, true",
    "/a:b, true",
    "/%20/a~b/c;d=e, true",
    "/.well-known/x, true",
    "'', false",
    "a, false",
    "*, false",
    "/a*, false",
    "/*/a, false",
    "/*/*, false",
    "/a/:, false",
    "/a/:1, false",
    "/a/:i-d, false",
    "/:a/:a, false",
    "/a?b=c, false",
    "/a#b, false",
    "/a b, false",
    "/%2, false",
    "/a/../b, false",
    "/., false",
    "/ä, false"
  })
  void pathPattern(String text, boolean right) {
    assertThat(PathRules.PATTERN.test().test(text)).isEqualTo(right);
  }

  @ParameterizedTest
  @CsvSource({
    "/, true",
    "/health?deep=1&x=/y, true",
    "health, false",
    "'', false",
    "/a b, false",
    "/%zz, false",
    "/a#b, false"
  })
  void targetPath(String text, boolean right) {
    assertThat(PathRules.TARGET_PATH.test().test(text)).isEqualTo(right);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b/*, /a, true",
    "/a/b/*, /a/b, true",
    "/a, /a, true",
    "/a/*, /a, true",
    "/ab/*, /a, false",
    "/*, /a, false"
  })
  void prefix(String pattern, String prefix, boolean right) {
    assertThat(PathRules.startsWith(pattern, prefix)).isEqualTo(right);
  }
}
