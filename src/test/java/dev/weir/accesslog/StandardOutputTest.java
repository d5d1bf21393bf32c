package dev.weir.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

  @Test
  void write_flushes() throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    StandardOutput sink = new StandardOutput(buffered(target));

    sink.write(bytes("one\n"));
    assertThat(target).hasToString("one\n");
  }

  @Test
  void close_leavesTheStreamOpen() throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    PrintStream out = buffered(target);
    new StandardOutput(out).close();

    out.print("still here");
    out.flush();
    assertThat(target).hasToString("still here");
  }

  @Test
  void brokenStream_fails() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("broken pipe");
          }
        };
    StandardOutput sink = new StandardOutput(buffered(broken));

    assertThatThrownBy(() -> sink.write(bytes("one\n"))).isInstanceOf(IOException.class);
  }

  private static PrintStream buffered(OutputStream target) {
    return new PrintStream(new BufferedOutputStream(target, 64), false);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
