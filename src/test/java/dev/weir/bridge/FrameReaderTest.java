package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final int MAX = 100;

  private final List<String> frames = new ArrayList<>();
  private final List<Trouble> troubles = new ArrayList<>();
  private final FrameReader reader =
      new FrameReader(MAX, frame -> frames.add(frame.toString()), troubles::add);

  private static Buffer frame(String text) {
    return Buffer.buffer().appendInt(text.length()).appendString(text);
  }

  @Test
  void framesCutAnywhere_comeOutWhole() {
    for (int seed = 0; seed < 200; seed++) {
      frames.clear();
      Random random = new Random(seed);
      List<String> sent = new ArrayList<>();
      Buffer stream = Buffer.buffer();
      for (int i = random.nextInt(20); i >= 0; i--) {
        sent.add("x".repeat(1 + random.nextInt(MAX)));
        stream.appendBuffer(frame(sent.get(sent.size() - 1)));
      }
      for (int at = 0; at < stream.length(); ) {
        int end = Math.min(stream.length(), at + 1 + random.nextInt(MAX));
        reader.handle(stream.getBuffer(at, end));
        at = end;
      }
      assertThat(frames).as("seed %s", seed).isEqualTo(sent);
    }
    assertThat(troubles).isEmpty();
  }

  @Test
  void longestFrame_isTaken() {
    reader.handle(frame("x".repeat(MAX)));
    assertThat(frames).singleElement().asString().hasSize(MAX);
  }

  @Test
  void longerFrame_isRefusedByItsLengthAndNothingFollows() {
    reader.handle(Buffer.buffer().appendInt(MAX + 1));
    reader.handle(frame("x"));
    assertThat(troubles).containsExactly(Trouble.FRAME_TOO_LARGE);
    assertThat(frames).isEmpty();
  }

  @Test
  void longerFrameBehindOthers_isRefusedOnceAfterThem() {
    reader.handle(frame("a").appendBuffer(frame("b")).appendInt(-1).appendInt(-1).appendInt(1));
    assertThat(frames).containsExactly("a", "b");
    assertThat(troubles).containsExactly(Trouble.FRAME_TOO_LARGE);
  }

  @Test
  void emptyFrame_isNone() {
    reader.handle(Buffer.buffer().appendInt(0));
    assertThat(troubles).containsExactly(Trouble.INVALID_FRAME);
  }

  @Test
  void stoppedInAFrame_readsNoMore() {
    FrameReader[] self = new FrameReader[1];
    self[0] =
        new FrameReader(
            MAX,
            frame -> {
              frames.add(frame.toString());
              self[0].stop();
            },
            troubles::add);
    self[0].handle(frame("a").appendBuffer(frame("b")));
    assertThat(frames).containsExactly("a");
  }
}
