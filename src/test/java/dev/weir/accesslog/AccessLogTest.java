package dev.weir.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.AccessLogConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AccessLogTest {

  private static final int QUEUE_SIZE = 16;

  @TempDir Path directory;

  private final ScriptedSink sink = new ScriptedSink();
  private final AccessLog log = start(sink);

  @AfterEach
  void close() {
    sink.unblock();
    log.close();
  }

  @Test
  void close_writesWhatIsQueued_inOrder() {
    for (int i = 0; i < QUEUE_SIZE; i++) {
      log.offer(Entries.numbered(i));
    }
    log.close();

    assertThat(sink.lines()).hasSize(QUEUE_SIZE);
    for (int i = 0; i < QUEUE_SIZE; i++) {
      assertThat(sink.lines().get(i)).contains(" id=" + i + " ");
    }
    assertThat(log.written()).isEqualTo(QUEUE_SIZE);
    assertThat(log.dropped()).isZero();
  }

  @Test
  void blockedOutput_dropsWhatDoesNotFit() throws InterruptedException {
    blockWriter();
    for (int i = 0; i < QUEUE_SIZE + 5; i++) {
      log.offer(Entries.numbered(i));
    }
    assertThat(log.dropped()).isEqualTo(5);
    assertThat(log.written()).isZero();

    sink.unblock();
    log.close();
    assertThat(log.written()).isEqualTo(1 + QUEUE_SIZE);
    assertThat(log.dropped()).isEqualTo(5);
  }

  @Test
  void blockedOutput_closeGivesUp_andCountsTheRest() throws InterruptedException {
    blockWriter();
    for (int i = 0; i < 7; i++) {
      log.offer(Entries.numbered(i));
    }
    log.close(1);
    sink.awaitClosed();

    assertThat(log.written()).isZero();
    assertThat(log.dropped()).isEqualTo(8);
  }

  @Test
  void failingOutput_isCounted_andTriedAgain() throws InterruptedException {
    blockWriter();
    sink.failing(true);
    sink.unblock();
    await(() -> log.dropped() == 1);

    sink.failing(false);
    log.offer(Entries.numbered(2));
    log.close();
    assertThat(sink.lines()).singleElement().asString().contains(" id=2 ");
    assertThat(log.written()).isEqualTo(1);
    assertThat(log.dropped()).isEqualTo(1);
  }

  @Test
  void idleWriter_wakesByItself() {
    log.offer(Entries.numbered(1));

    await(() -> log.written() == 1);
  }

  @Test
  void reopen_reachesTheOutput_withTheNextLine() {
    log.reopen();
    log.offer(Entries.numbered(1));
    log.close();

    assertThat(sink.reopened()).isEqualTo(1);
  }

  @Test
  void closed_dropsAndCounts() {
    log.close();
    log.offer(Entries.numbered(1));
    log.close();

    assertThat(log.dropped()).isEqualTo(1);
    assertThat(sink.lines()).isEmpty();
  }

  @Test
  void off_hasNoWriter() throws IOException {
    try (AccessLog off = AccessLog.of(config(AccessLogConfig.OFF, null))) {
      off.reopen();

      assertThat(off.enabled()).isFalse();
      assertThat(off.wants(500, "UF")).isFalse();
    }
  }

  @Test
  void file_isWritten() throws IOException {
    Path path = directory.resolve("access.log");
    AccessLog file = AccessLog.of(config(AccessLogConfig.FULL, path.toString()));
    assertThat(file.enabled()).isTrue();
    file.offer(Entries.full());
    file.close();

    assertThat(Files.readString(path)).isEqualTo(Entries.line(new JsonLines(), Entries.full()));
  }

  @Test
  void fileThatCannotBeOpened_isRefused() {
    String path = directory.resolve("missing/access.log").toString();

    assertThatThrownBy(() -> AccessLog.of(config(AccessLogConfig.FULL, path)))
        .isInstanceOf(IOException.class);
  }

  /** Leaves the writer waiting in the sink with one line, and the queue empty. */
  private void blockWriter() throws InterruptedException {
    sink.block();
    log.offer(Entries.numbered(-1));
    sink.awaitWriter();
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static AccessLog start(Sink sink) {
    AccessLogConfig config =
        new AccessLogConfig(AccessLogConfig.FULL, AccessLogConfig.LOGFMT, 1, null, QUEUE_SIZE);
    return AccessLog.started(config, new Sampling(config, () -> 0), sink, System::nanoTime);
  }

  private static AccessLogConfig config(String mode, String path) {
    return new AccessLogConfig(mode, AccessLogConfig.JSON, 1, path, QUEUE_SIZE);
  }
}
