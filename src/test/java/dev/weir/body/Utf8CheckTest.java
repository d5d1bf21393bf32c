package dev.weir.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8CheckTest {

  private static boolean isUtf8(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static void assertJudgedAsByJava(byte[] text) {
    assertThat(Feeding.feed(new Utf8Check(), text).isValid()).isEqualTo(isUtf8(text));
  }

  @Test
  void everyPairOfBytes_isJudgedAsByJava() {
    for (int pair = 0; pair < 0x10000; pair++) {
      assertJudgedAsByJava(new byte[] {(byte) (pair >> 8), (byte) pair});
    }
  }

  @Test
  void everyLongerStart_isJudgedAsByJava() {
    int[] edges = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
    for (int lead = 0xc0; lead < 0x100; lead++) {
      for (int second = 0x70; second < 0x100; second++) {
        for (int third : edges) {
          for (int fourth : edges) {
            byte[] text = {(byte) lead, (byte) second, (byte) third, (byte) fourth};
            assertJudgedAsByJava(text);
          }
        }
      }
    }
  }

  @Test
  void randomTexts_areJudgedAsByJavaWhereverTheyAreCut() {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      String text =
          random
              .ints(random.nextInt(40), 0, 0x11000)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      boolean valid = Feeding.feedEverywhere(Utf8Check::new, bytes).isValid();
      assertThat(valid).isEqualTo(isUtf8(bytes));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "7", "8", "9", "63", "64", "1000"})
  void position_isThatOfTheByteThatBreaksIt(int before) {
    byte[] text = Feeding.bytes("a".repeat(before) + "\u00c3(");
    assertThat(Feeding.feedEverywhere(Utf8Check::new, text).position()).isEqualTo(before + 1);
  }
}
