package dev.weir.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.body.Feeding.Outcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormCheckTest {

  private static Outcome everywhere(String body, int maxFields) {
    return Feeding.feedEverywhere(() -> new FormCheck(maxFields), Feeding.bytes(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a=",
        "=",
        "&",
        "a=b",
        "a=b&c=d",
        "a=b+c",
        "a=%41%e2%82%ac%00",
        "a=*-._~!"
      })
  void wellFormed_passes(String body) {
    assertThat(everywhere(body, 10).isValid()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'a b', 1, it must be encoded",
    "'a=\u00e4', 2, it must be encoded",
    "'a=1\n', 3, it must be encoded",
    "'a=%', 3, it ends within a percent-encoding",
    "'a=%4', 4, it ends within a percent-encoding",
    "'a=%4g', 4, a percent sign needs two hexadecimal digits",
    "'a=%&b', 3, a percent sign needs two hexadecimal digits",
    "'a&b&c&d', 5, there are too many fields"
  })
  void malformed_isToldWithItsPosition(String body, int position, String problem) {
    assertThat(everywhere(body, 3))
        .isEqualTo(new Outcome(position, "At byte " + position + " of the body: " + problem));
  }

  @Test
  void whateverJavaEncodes_passes() {
    Random random = new Random(4);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(20, 0, 0xd800).forEach(text::appendCodePoint);
      String encoded = URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
      assertThat(everywhere("k=" + encoded, 1).isValid()).isTrue();
    }
  }
}
