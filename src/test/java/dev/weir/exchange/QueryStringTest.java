package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryStringTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "/a, x, -",
        "/a?, x, -",
        "/a?x, x, ''",
        "/a?x=, x, ''",
        "/a?x=1, x, 1",
        "/a?y=0&x=1&x=2, x, 1",
        "/a?x=%41+b, x, A b",
        "/a?%78=1, x, 1",
        "/a?X=1, x, -",
        "/a?x=%zz, x, -",
        "/a?x=%zz&x=3, x, 3",
        "/a?xx=1, x, -",
        "/a?y=x=1, x, -",
        "/a?x=a=b, x, a=b",
        "/a?&&x=1, x, 1"
      })
  void first_findsTheFirstWellFormedValue(String target, String name, String value) {
    assertThat(QueryString.first(target, name)).isEqualTo(value);
  }
}
