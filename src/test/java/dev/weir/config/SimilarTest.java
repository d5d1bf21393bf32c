package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarTest {
  private static final List<String> WORDS = List.of("path", "port", "upstream", "upstreams");

  @ParameterizedTest
  @CsvSource({
    "prt, port",
    "Path, path",
    "pathh, path",
    "upstraem, upstream",
    "upstreamss, upstreams",
    "xyz, ",
    "downstream, ",
    "'', "
  })
  void nearestWord_isMeant(String word, String meant) {
    String hint = meant == null ? "" : "; did you mean \"" + meant + "\"?";
    assertThat(Similar.hint(word, WORDS)).isEqualTo(hint);
  }
}
