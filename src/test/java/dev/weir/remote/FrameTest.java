package dev.weir.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.remote.Frame.Type;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final Buffer JSON = new JsonObject().put("a", 1).toBuffer();
  private static final Buffer BODY = Buffer.buffer("body");

  private static Buffer frame() {
    return Frame.encode(Type.DATA, 7L << 40, -3, 5, true, JSON, BODY);
  }

  @Test
  void whatIsEncoded_isDecoded() {
    Frame frame = Frame.decode(frame());
    assertThat(frame.type()).isEqualTo(Type.DATA);
    assertThat(frame.link()).isEqualTo(7L << 40);
    assertThat(frame.sequence()).isEqualTo(-3);
    assertThat(frame.stream()).isEqualTo(5);
    assertThat(frame.end()).isTrue();
    assertThat(frame.json()).isEqualTo(new JsonObject().put("a", 1));
    assertThat(frame.body()).isEqualTo(BODY);
  }

  @Test
  void nothing_isNothing() {
    Frame frame = Frame.decode(Frame.encode(Type.PING, 1, 2, 0, false, null, Frame.NOTHING));
    assertThat(frame.json()).isNull();
    assertThat(frame.body().length()).isZero();
    assertThatThrownBy(frame::required).isInstanceOf(FrameException.class);
    assertThatThrownBy(frame::credit).isInstanceOf(FrameException.class);
  }

  @Test
  void credit_isWithinTheWindow() {
    assertThat(credit(1)).isEqualTo(1);
    assertThat(credit(Window.BYTES)).isEqualTo(Window.BYTES);
    for (int bytes : new int[] {0, -1, Window.BYTES + 1}) {
      assertThatThrownBy(() -> credit(bytes)).isInstanceOf(FrameException.class);
    }
  }

  private static int credit(int bytes) {
    Buffer body = Buffer.buffer().appendInt(bytes);
    return Frame.decode(Frame.encode(Type.CREDIT, 1, 2, 3, false, null, body)).credit();
  }

  @Test
  void bodyThatIsTooLarge_isRefused() {
    Buffer body = Buffer.buffer(new byte[Frame.MAX_BODY_BYTES + 1]);
    assertRefused(Frame.encode(Type.DATA, 1, 2, 3, false, null, body));
  }

  @Test
  void jsonThatIsNone_isRefusedWhenItIsRead() {
    for (String text : new String[] {"{", "[]", "1", "{\"a\":1}}", "\0"}) {
      Buffer bytes = Frame.encode(Type.HEAD, 1, 2, 3, false, Buffer.buffer(text), Frame.NOTHING);
      Frame frame = Frame.decode(bytes);
      assertThatThrownBy(frame::json).isInstanceOf(FrameException.class);
      assertThatThrownBy(frame::required).isInstanceOf(FrameException.class);
    }
  }

  @Test
  void otherMessages_areRefused() {
    for (Object message : new Object[] {"text", 1, new JsonObject(), Buffer.buffer("short")}) {
      assertRefused(message);
    }
    assertRefused(null);
  }

  private static void assertRefused(Object message) {
    assertThatThrownBy(() -> Frame.decode(message)).isInstanceOf(FrameException.class);
  }

  @Test
  void whateverComes_nothingElseIsThrown() {
    Random random = new Random(1);
    int decoded = 0;
    for (int i = 0; i < 100_000; i++) {
      Buffer bytes = frame();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes.setByte(random.nextInt(bytes.length()), (byte) random.nextInt(256));
      }
      try {
        Frame.decode(bytes.slice(0, random.nextInt(bytes.length() + 1))).json();
        decoded++;
      } catch (FrameException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThat(decoded).isPositive();
  }
}
