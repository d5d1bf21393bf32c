package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often an OPTIONS request is passed on. */
class MaxForwardsTest {

  @ParameterizedTest
  @CsvSource({
    "5, false, 4",
    "1, false, 0",
    "007, false, 6",
    "x, false, x",
    "-1, false, -1",
    "'', false, ''",
    "9999999999, false, 9999999999"
  })
  void valueIsCountedDown(String value, boolean ends, String passed) {
    MultiMap headers = Heads.of("Max-Forwards: " + value);
    assertThat(MaxForwards.endsHere(HttpMethod.OPTIONS, headers)).isEqualTo(ends);
    assertThat(headers.get("max-forwards")).isEqualTo(passed);
  }

  @Test
  void zeroEndsHere() {
    MultiMap headers = Heads.of("Max-Forwards: 0");
    assertThat(MaxForwards.endsHere(HttpMethod.OPTIONS, headers)).isTrue();
  }

  @Test
  void otherMethodsIgnoreIt() {
    MultiMap headers = Heads.of("Max-Forwards: 0");
    assertThat(MaxForwards.endsHere(HttpMethod.GET, headers)).isFalse();
    assertThat(headers.get("max-forwards")).isEqualTo("0");
  }

  @Test
  void absenceMeansNoLimit() {
    assertThat(MaxForwards.endsHere(HttpMethod.OPTIONS, Heads.of())).isFalse();
  }
}
