package dev.weir.it;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An access log of one JSON object a line. */
final class LogFile {
  private final Path path;

  LogFile(Path path) {
    this.path = path;
  }

  /** Waits until there are {@code count} lines, and fails when there are more. */
  List<JsonObject> lines(int count) {
    Await.until(count + " exchanges are logged", () -> read().size() >= count);
    if (read().size() > count) {
      throw new AssertionError("more than " + count + " lines: " + read());
    }
    return read().stream().map(JsonObject::new).toList();
  }

  JsonObject onlyLine() {
    return lines(1).get(0);
  }

  private List<String> read() {
    try {
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
