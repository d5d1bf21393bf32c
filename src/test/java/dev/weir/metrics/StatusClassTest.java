package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusClassTest {

  @ParameterizedTest
  @CsvSource({
    "100,1xx",
    "199,1xx",
    "200,2xx",
    "304,3xx",
    "499,4xx",
    "500,5xx",
    "599,5xx",
    "600,other",
    "999,other",
    "99,other",
    "0,other",
    "-1,other",
    "-2147483648,other",
    "2147483647,other"
  })
  void of_anyNumber(int status, String name) {
    assertThat(StatusClass.name(StatusClass.of(status))).isEqualTo(name);
  }
}
