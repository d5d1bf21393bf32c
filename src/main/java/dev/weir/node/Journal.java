package dev.weir.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Appends a line to a file for every change, one JSON object each, on a thread of its own and in
 * the order in which they were made. The file is opened for every line, so it may be moved away at
 * any time.
 */
public final class Journal {

  /** How many lines may wait for a slow disk; what comes then is lost, and logged as such. */
  static final int MOST_WAITING = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Path path;
  private final WorkerExecutor writer;
  private final AtomicInteger waiting = new AtomicInteger();

  private Journal(Path path, WorkerExecutor writer) {
    this.path = path;
    this.writer = writer;
  }

  /**
   * Opens a journal.
   *
   * @param path the file; null for a journal that keeps nothing
   * @throws IOException when the file cannot be opened for appending
   */
  static Journal open(Vertx vertx, String path) throws IOException {
    if (path == null) {
      return new Journal(null, null);
    }
    Path file = Path.of(path);
    append(file, "");
    return new Journal(file, vertx.createSharedWorkerExecutor("weir-journal", 1));
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Appends a line. Any thread may do so; none waits for it. */
  public void append(JsonObject line) {
    if (writer == null) {
      return;
    }
    String text = line.encode();
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      LOG.error("Too many lines wait for the journal, lost: " + text);
    } else {
      writer.executeBlocking(() -> write(text));
    }
  }

  private Void write(String text) {
    waiting.decrementAndGet();
    try {
      append(path, text + "\n");
    } catch (IOException e) {
      LOG.error("The journal can't be written (" + e + "), lost: " + text);
    }
    return null;
  }

  /** Completes when everything is written. */
  Future<Void> close() {
    if (writer == null) {
      return Future.succeededFuture();
    }
    return writer.<Void>executeBlocking(() -> null).eventually(writer::close);
  }
}
