package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {

  private static String first(String name, String... fields) {
    MultiMap headers = HttpHeaders.headers();
    for (String field : fields) {
      headers.add("Cookie", field);
    }
    return Cookies.first(headers, name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "a=1|1",
        "a=1; b=2|1",
        "b=2; a=1|1",
        "b=2;a=1|1",
        "b=2;   a=1;c=3|1",
        "aa=2; a=1|1",
        "b=a=2; a=1|1",
        "a=|''",
        "a=1; a=2|1",
        "a=x=y|x=y",
        "a|null",
        "ab=1|null",
        "b=1|null",
        ";;;|null",
        "=|null",
        "''|null",
      })
  void first_findsTheValue(String field, String value) {
    assertThat(first("a", field)).isEqualTo(value);
  }

  @Test
  void first_looksIntoEveryField() {
    assertThat(first("a", "b=1", "a=2")).isEqualTo("2");
    assertThat(first("a")).isNull();
  }
}
