package dev.weir.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.body.Feeding.Outcome;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts have {@code |} for a line end. */
class MultipartCheckTest {

  private static final int MAX_HEADER = 64;

  private static Outcome everywhere(String text) {
    return Feeding.feedEverywhere(
        () -> new MultipartCheck(Feeding.bytes("bd"), 3, MAX_HEADER, null),
        Feeding.bytes(text.replace("|", "\r\n")));
  }

  static List<String> wellFormed_passes() {
    return List.of(
        "--bd|A: b||data|--bd--",
        "--bd|A: b||data|--bd--|",
        "--bd--",
        "--bd--|",
        "preamble|of two lines|--bd|A: b||data|--bd--|epilogue --bd",
        "--bd|A: b||one|--bd|A: b||two|--bd|A: b||three|--bd--|",
        "--bd||no fields|--bd--|",
        "--bd|A: b|||--bd--|",
        "--bd|A: b||--bd--|",
        "--bd \t|A: b||data|--bd--\t |",
        "--bd|A: b||\r|\n\r-|--b||-bdata--bd\r\r|--bd--|",
        "--bd|A:|a-b!: \t c \u00e4|Content-Disposition: form-data; name=\"x\"||data|--bd--|");
  }

  @ParameterizedTest
  @MethodSource
  void wellFormed_passes(String text) {
    assertThat(everywhere(text)).isEqualTo(new Outcome(-1, null));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, the closing delimiter is missing",
    "data, 4, the closing delimiter is missing",
    "--bd, 4, the closing delimiter is missing",
    "--bd-, 5, the closing delimiter is missing",
    "--bd|A: b||data, 18, the closing delimiter is missing",
    "--bd|A: b||data|--bd, 24, the closing delimiter is missing",
    "--bdx, 4, a delimiter must end its line",
    "--bd x, 5, a delimiter must end its line",
    "--bd-x, 5, the closing delimiter is broken",
    "--bd--x, 6, a line end is expected",
    "'--bd\rx', 5, a line feed is expected",
    "'--bd|A: b\nC: d||', 10, a control character",
    "'--bd|A: b\rC', 11, a line feed is expected",
    "'--bd|A: b| folded||', 12, the name of a field is expected",
    "--bd|A b||, 7, a colon is expected",
    "--bd|A||, 7, a colon is expected",
    "--bd|: b||, 6, the name of a field is expected",
    "--bd||1|--bd||2|--bd||3|--bd|, 38, there are too many parts"
  })
  void malformed_isToldWithItsPosition(String text, int position, String problem) {
    assertThat(everywhere(text))
        .isEqualTo(new Outcome(position, "At byte " + position + " of the body: " + problem));
  }

  @Test
  void fieldsOfAPart_areBounded() {
    String exact = "A: " + "b".repeat(MAX_HEADER - 7);
    assertThat(everywhere("--bd|" + exact + "||--bd--").isValid()).isTrue();
    assertThat(everywhere("--bd|" + exact + "b||--bd--").position()).isEqualTo(6 + MAX_HEADER);
  }

  @Test
  void data_mayHoldAnythingButTheDelimiter() {
    Random random = new Random(5);
    String likely = "\r\n-bd ";
    for (int i = 0; i < 3000; i++) {
      StringBuilder data = new StringBuilder();
      random.ints(random.nextInt(30), 0, 6).forEach(c -> data.append(likely.charAt(c)));
      if ((data + "").startsWith("--bd") || data.indexOf("\r\n--bd") >= 0) {
        continue;
      }
      assertThat(everywhere("--bd|A: b||" + data + "|--bd--|").isValid()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "----WebKitFormBoundaryAbC123", "a b", "'()+_,-./:=?"})
  void boundary_mayBe(String boundary) {
    assertThat(MultipartCheck.isBoundary(boundary)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b ", "\u00e4", "a\"b", "a;b", "a\r\nb"})
  void boundary_mayNotBe(String boundary) {
    assertThat(MultipartCheck.isBoundary(boundary)).isFalse();
    assertThat(MultipartCheck.isBoundary("b".repeat(71))).isFalse();
    assertThat(MultipartCheck.isBoundary(null)).isFalse();
  }
}
