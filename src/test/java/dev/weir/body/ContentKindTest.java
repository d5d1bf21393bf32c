package dev.weir.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentKindTest {

  @ParameterizedTest
  @CsvSource({
    "application/json, JSON",
    "Application/JSON ; charset=utf-8, JSON",
    "application/problem+json;a=b, JSON",
    "image/x+JSON, JSON",
    "application/x-www-form-urlencoded, FORM",
    "application/x-www-form-urlencoded; charset=utf-8, FORM",
    "multipart/form-data; boundary=x, MULTIPART",
    "multipart/mixed; boundary=x, OTHER",
    "text/plain, TEXT",
    "TEXT/html; charset=latin1, TEXT",
    "application/jsonp, OTHER",
    "application/json-seq, OTHER",
    "image/svg+xml, OTHER",
    "application/octet-stream; a=application/json, OTHER",
    "'', OTHER",
    ";, OTHER",
    "json, OTHER",
    ", OTHER"
  })
  void kind_isThatOfTheType(String type, ContentKind kind) {
    assertThat(ContentKind.of(type)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a/b; boundary=x, x",
        "a/b;boundary=x;c=d, x",
        "a/b; c=d; BOUNDARY=x , x",
        "a/b; boundary=\"x; y\", x; y",
        "a/b; boundary=\"x\\\"y\" ; c, x\"y",
        "a/b; c=\"boundary=y\"; boundary=x, x",
        "a/b; c; boundary=x, x",
        "a/b,",
        "a/b; boundary,",
        "a/b; boundary=\"x,",
        "a/b; boundary=\"x\"y,",
        "a/b; boundary=x; boundary=y,",
        "a/b; xboundary=y,"
      })
  void parameter_isFound(String type, String value) {
    assertThat(Parameters.find(type, "boundary")).isEqualTo(value);
  }

  @Test
  void noType_isAnother() {
    assertThat(ContentKind.of(null)).isEqualTo(ContentKind.OTHER);
  }
}
