package dev.weir.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineBufferTest {

  private final LineBuffer buffer = new LineBuffer(0);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 10, 99, 100, -1, -10, Long.MAX_VALUE, Long.MIN_VALUE})
  void number_likeToString(long value) {
    buffer.number(value);

    assertThat(Entries.text(buffer)).isEqualTo(Long.toString(value));
  }

  @Test
  void number_randomValues() {
    Random random = new Random(1);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >> random.nextInt(Long.SIZE);
      buffer.number(value);
      expected.append(value);
    }

    assertThat(Entries.text(buffer)).isEqualTo(expected.toString());
  }

  @Test
  void truncate_takesBack() {
    buffer.plain("keep");
    int length = buffer.length();
    buffer.quoted("not this");
    buffer.truncate(length);
    buffer.put('!');

    assertThat(Entries.text(buffer)).isEqualTo("keep!");
  }
}
