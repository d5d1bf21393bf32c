package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which targets pass as they are, and which are refused, and why. */
class TargetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?",
        "//",
        "//a//b",
        "/a/b.c/d..e/...",
        "/.a/..b/c./d..",
        "/a;x=1;y/b",
        "/~a!$&'()*+,:@=-_",
        "/%41%7e%C3%A9%25",
        "/%252e%252e/%252f",
        "/{a}|b^`\"<c>",
        "/a?b=/../c&d=./e",
        "/a?%2f%5C%00%zz%&%2e",
        "/a?b?c=?",
        "/a?http://b.test/"
      })
  void unambiguousTargetsPass(String target) {
    assertThat(Target.check(target)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a b",
        "/a\tb",
        "/a\u0000",
        "/a\r\n",
        "/a\u007f",
        "/caf\u00e9",
        "/\uff0f",
        "/a#b",
        "/a\\b",
        "/a?b c",
        "/a?b#c",
        "/a?b\\c",
        "/a?\u00e9",
        "/%\uff11\uff11"
      })
  void charactersThatNoTargetHasAreRefused(String target) {
    assertThat(Target.check(target)).isIn(Target.SYNTAX, Target.ESCAPE).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%4", "/a%zz", "/%4g/b", "/%%41", "/%u0041", "/%?41", "/a%2?f"})
  void malformedEscapesInAPathAreRefused(String target) {
    assertThat(Target.check(target)).isSameAs(Target.ESCAPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%2fb", "/a%2Fb", "/%2F", "/a%5cb", "/a%5C", "/a%00", "/%00?b"})
  void hiddenSeparatorsInAPathAreRefused(String target) {
    assertThat(Target.check(target)).isSameAs(Target.HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.",
        "/..",
        "/./",
        "/../",
        "/a/..",
        "/a/./b",
        "/a/../b",
        "/a/..?b",
        "/%2e",
        "/%2E%2e/a",
        "/.%2e/a",
        "/%2E./a",
        "/a/..;/b",
        "/a/..;x=1",
        "/.;/a",
        "/%2e%2e;/a",
        "//../a"
      })
  void dotSegmentsInAnySpellingAreRefused(String target) {
    assertThat(Target.check(target)).isSameAs(Target.DOTS);
  }

  @Test
  void verdictsAreBadRequests() {
    assertThat(Target.DOTS.status()).isEqualTo(400);
    assertThat(Target.HIDDEN.status()).isEqualTo(400);
    assertThat(Target.ESCAPE.status()).isEqualTo(400);
    assertThat(Target.SYNTAX.status()).isEqualTo(400);
    assertThat(Target.FORM.status()).isEqualTo(400);
  }
}
