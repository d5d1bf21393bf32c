package dev.weir.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

  @TempDir Path directory;

  private long now;

  @Test
  void appends_toWhatIsThere() throws IOException {
    Path path = directory.resolve("access.log");
    Files.writeString(path, "before\n");

    FileSink sink = sink(path);
    sink.write(bytes("one\n"));
    sink.write(bytes("two\n"));
    sink.close();

    assertThat(path).hasContent("before\none\ntwo\n");
  }

  @Test
  void movedFile_isNoticedWithinASecond() throws IOException {
    Path path = directory.resolve("access.log");
    Path rotated = directory.resolve("access.log.1");
    FileSink sink = sink(path);
    sink.write(bytes("one\n"));
    Files.move(path, rotated);

    now += FileSink.CHECK_NANOS - 1;
    sink.write(bytes("two\n"));
    now++;
    sink.write(bytes("three\n"));
    sink.close();

    assertThat(rotated).hasContent("one\ntwo\n");
    assertThat(path).hasContent("three\n");
  }

  @Test
  void reopen_takesEffectAtOnce() throws IOException {
    Path path = directory.resolve("access.log");
    Path rotated = directory.resolve("access.log.1");
    FileSink sink = sink(path);
    sink.write(bytes("one\n"));
    Files.move(path, rotated);

    sink.reopen();
    sink.write(bytes("two\n"));
    sink.close();

    assertThat(rotated).hasContent("one\n");
    assertThat(path).hasContent("two\n");
  }

  @Test
  void directoryComesBack_writesAgain() throws IOException {
    Path path = Files.createDirectory(directory.resolve("logs")).resolve("access.log");
    FileSink sink = sink(path);
    Files.delete(path);
    Files.delete(path.getParent());

    now += FileSink.CHECK_NANOS;
    assertThatThrownBy(() -> sink.write(bytes("lost\n"))).isInstanceOf(IOException.class);
    Files.createDirectory(path.getParent());
    sink.write(bytes("kept\n"));
    sink.close();

    assertThat(path).hasContent("kept\n");
  }

  @Test
  void fullDevice_fails() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    FileSink sink = sink(full);

    assertThatThrownBy(() -> sink.write(bytes("one\n"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> sink.write(bytes("two\n"))).isInstanceOf(IOException.class);
    sink.close();
  }

  @Test
  void noSuchDirectory_failsAtTheStart() {
    assertThatThrownBy(() -> sink(directory.resolve("missing/access.log")))
        .isInstanceOf(IOException.class);
  }

  private FileSink sink(Path path) throws IOException {
    return new FileSink(path, () -> now);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
