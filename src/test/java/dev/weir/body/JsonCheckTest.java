package dev.weir.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.body.Feeding.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonCheckTest {

  private static final int DEPTH = 128;
  private static final JsonFactory JACKSON = new JsonFactory();

  static List<JsonCorpus.Case> mustAccept() {
    return JsonCorpus.mustAccept();
  }

  static List<JsonCorpus.Case> mustReject() {
    return JsonCorpus.mustReject();
  }

  private static Outcome everywhere(byte[] text) {
    return Feeding.feedEverywhere(() -> new JsonCheck(DEPTH, 0), text);
  }

  private static Outcome everywhere(String text, int maxDepth, int maxStringBytes) {
    return Feeding.feedEverywhere(
        () -> new JsonCheck(maxDepth, maxStringBytes), Feeding.bytes(text));
  }

  @ParameterizedTest
  @MethodSource
  void mustAccept(JsonCorpus.Case each) {
    assertThat(everywhere(each.text())).isEqualTo(new Outcome(-1, null));
  }

  @ParameterizedTest
  @MethodSource
  void mustReject(JsonCorpus.Case each) {
    assertThat(everywhere(each.text()).isValid()).isFalse();
  }

  @Test
  void corpus_isWhole() {
    assertThat(JsonCorpus.mustAccept()).hasSize(95).doesNotHaveDuplicates();
    assertThat(JsonCorpus.mustReject()).hasSize(188).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`[1, 2 3]`, 6, a comma or ] is expected",
        "{1, 1, a name or } is expected",
        "`{\"a\":1,]`, 7, a name is expected",
        "`{\"a\" 1`, 5, a colon is expected",
        "`[1,]`, 3, a value is expected",
        "[}, 1, a value or ] is expected",
        "1 2, 2, nothing more is expected",
        "trua, 3, true is expected",
        "[-], 2, a digit is expected",
        "`[\"\\x\"]`, 3, this can't be escaped",
        "`[\"\\u12g4\"]`, 6, an escape needs four hexadecimal digits",
        "`[1`, 2, it ends within a value",
        "[, 1, it ends where a value or ] is expected",
        "nul, 3, it ends within null",
        "`\"a`, 2, it ends within a string"
      })
  void problem_isToldWithItsPosition(String text, int position, String problem) {
    assertThat(everywhere(Feeding.bytes(text)))
        .isEqualTo(new Outcome(position, "At byte " + position + " of the body: " + problem));
  }

  @Test
  void depth_isBounded() {
    for (int depth : new int[] {1, 2, 63, 64, 65, 127, 128, 129, 1000}) {
      String open = "[{\"a\":".repeat(depth).substring(0, depth / 2 * 6 + depth % 2);
      String nested = "[".repeat(depth) + "]".repeat(depth);
      assertThat(everywhere(nested, depth, 0).isValid()).isTrue();
      assertThat(everywhere("[" + nested + "]", depth, 0).position()).isEqualTo(depth);
      assertThat(Feeding.feed(new JsonCheck(depth, 0), Feeding.bytes(open + "{")).problem())
          .endsWith("it is nested too deeply");
    }
  }

  @Test
  void containers_closeInTheirOrder_howeverDeep() {
    Random random = new Random(7);
    StringBuilder open = new StringBuilder();
    StringBuilder close = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      boolean object = random.nextBoolean();
      open.append(object ? "{\"k\":" : "[");
      close.append(object ? '}' : ']');
    }
    String good = open + "0" + close.reverse();
    assertThat(everywhere(good, 300, 0).isValid()).isTrue();
    for (int i = good.length() - 300; i < good.length(); i++) {
      char wrong = good.charAt(i) == ']' ? '}' : ']';
      String bad = good.substring(0, i) + wrong + good.substring(i + 1);
      Outcome outcome = Feeding.feed(new JsonCheck(300, 0), Feeding.bytes(bad));
      assertThat(outcome.position()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @CsvSource({"7, -1", "8, -1", "9, 12", "17, 12", "100, 12"})
  void strings_areBounded(int length, int position) {
    String string = "\"" + "x".repeat(length) + "\"";
    assertThat(everywhere("[1," + string + "]", DEPTH, 8).position()).isEqualTo(position);
    assertThat(everywhere("{ \t" + string + ":1}", DEPTH, 8).position()).isEqualTo(position);
  }

  /** Jackson, and Java for UTF-8, judge the same texts. */
  @Test
  void randomTexts_areJudgedAsByAParser() {
    Random random = new Random(20);
    List<byte[]> seeds = new ArrayList<>();
    mustAccept().forEach(each -> seeds.add(each.text()));
    mustReject().stream().filter(e -> e.text().length < 100).forEach(e -> seeds.add(e.text()));
    int valid = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] text = mutate(seeds.get(random.nextInt(seeds.size())), random);
      boolean expected = isJson(text);
      Outcome outcome =
          Feeding.feed(new JsonCheck(DEPTH, 0), text, random.nextInt(text.length + 1));
      assertThat(outcome.isValid())
          .as(() -> new String(text, StandardCharsets.ISO_8859_1) + " " + outcome)
          .isEqualTo(expected);
      valid += expected ? 1 : 0;
    }
    assertThat(valid).isBetween(20_000, 180_000);
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] text = seed.clone();
    String likely = "[]{}\",:\\ 0123456789.eE+-truefalsn\u00e2\u0082\u00ac\u001f\u0000";
    for (int n = random.nextInt(3); n > 0 && text.length > 0; n--) {
      byte b = (byte) likely.charAt(random.nextInt(likely.length()));
      text[random.nextInt(text.length)] = random.nextInt(10) == 0 ? (byte) random.nextInt() : b;
    }
    return text;
  }

  private static boolean isJson(byte[] text) {
    try (JsonParser parser = JACKSON.createParser(decode(text))) {
      int values = 0;
      for (JsonToken next = parser.nextToken(); next != null; next = parser.nextToken()) {
        parser.getText(); // Strings are read only when they are asked for.
        if (parser.getParsingContext().inRoot() && !next.isStructStart()) {
          values++;
        }
      }
      return values == 1;
    } catch (IOException e) {
      return false;
    }
  }

  private static String decode(byte[] text) throws IOException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
  }
}
