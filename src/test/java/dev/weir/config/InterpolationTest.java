package dev.weir.config;

import static dev.weir.config.Documents.problems;
import static dev.weir.config.Documents.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {
  private static final Map<String, String> VARIABLES =
      Map.of("A", "a", "_9", "nine", "EMPTY", "", "NESTED", "${A}", "N", "7", "YES", "true");

  private final Interpolation interpolation = new Interpolation(VARIABLES::get);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${A} | a",
        "x${A}y${_9}z | xayninez",
        "${NONE:b} | b",
        "${A:b} | a",
        "-${NONE:}- | --",
        "-${EMPTY:b}- | --",
        "${NESTED} | ${A}",
        "${NONE:a:b$c{d} | a:b$c{d",
        "$${A} | ${A}",
        "$$${A} | $${A}",
        "$A $ $$ {A} | $A $ $$ {A}",
      })
  void text_hasItsVariablesPutIn(String text, String resolved) {
    assertThat(interpolation.resolve(text)).isEqualTo(resolved);
    assertThat(interpolation.resolve(Interpolation.escape(text))).isEqualTo(text);
    assertThat(Interpolation.NONE.resolve(text)).isEqualTo(text);
  }

  @Test
  void wholeVariable_becomesTheNumberOrBooleanThatIsExpected() {
    WeirConfig config =
        read(
            "{'scale': {'ingress': '${N}', 'balancer': '${NONE:8}'}, 'replies': {'flagHeader':"
                + " '${NONE:false}'}, 'accessLog': {'sampleRatio': '${NONE:0.5}', 'path': '${N}'}}",
            VARIABLES);
    assertThat(config.scale()).isEqualTo(new ScaleConfig(7, 8, 0));
    assertThat(config.replies().flagHeader()).isFalse();
    assertThat(config.accessLog().sampleRatio()).isEqualTo(0.5);
    assertThat(config.accessLog().path()).isEqualTo("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"${A}", "${YES}", "1${N}", "${N}${N}", "$${N}", "${NONE:1.5}", "${NONE:9999}"})
  void whatIsNoWholeVariableOrNoSuchNumber_isRefused(String text) {
    assertThat(problems("{'scale': {'ingress': '" + text + "'}}", VARIABLES))
        .containsExactly("/scale/ingress: \"" + text + "\" (expected: an integer from -1 to 1024)");
  }

  @Test
  void unsetVariable_isAProblemWithItsPointer() {
    assertThat(
            problems(
                "{'accessLog': {'path': 'x${NONE}', 'queueSize': '${NONE}'},"
                    + " 'trustedProxies': ['${NONE}']}",
                VARIABLES))
        .containsExactly(
            "/trustedProxies/0: \"${NONE}\""
                + " (expected: the variable NONE to be set, or ${NONE:default})",
            "/accessLog/path: \"x${NONE}\""
                + " (expected: the variable NONE to be set, or ${NONE:default})",
            "/accessLog/queueSize: \"${NONE}\""
                + " (expected: the variable NONE to be set, or ${NONE:default})");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${}", "${A", "${9}", "${A-B}", "${ A}", "x ${A} ${"})
  void malformedVariable_isRefused(String text) {
    assertThat(problems("{'accessLog': {'path': '" + text + "'}}", VARIABLES))
        .containsExactly(
            "/accessLog/path: \""
                + text
                + "\" (expected: ${NAME} or ${NAME:default}; write $${ for a literal ${)");
  }

  @Test
  void keys_areLeftAlone() {
    assertThat(problems("{'${A}': 1}", VARIABLES).get(0)).startsWith("/${A}: 1 ");
  }

  @Test
  void refusedValue_doesNotShowWhatTheVariableHolds() {
    assertThat(problems("{'admin': {'host': '${SECRET}'}}", Map.of("SECRET", "p@ss")).get(0))
        .doesNotContain("p@ss");
  }
}
