package dev.weir.accesslog;

import io.vertx.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes a line of logfmt apart, strictly. */
final class LogfmtReader {

  private final String line;
  private int position;

  private LogfmtReader(String line) {
    this.line = line;
  }

  static Map<String, String> read(String line) {
    return new LogfmtReader(line).fields();
  }

  private Map<String, String> fields() {
    Map<String, String> result = new LinkedHashMap<>();
    while (position < line.length()) {
      String key = until('=');
      String value = line.charAt(position) == '"' ? quoted() : until(' ');
      if (key.isEmpty() || result.put(key, value) != null) {
        throw new AssertionError("bad or repeated key '" + key + "' in: " + line);
      }
    }
    return result;
  }

  private String until(char end) {
    int at = line.indexOf(end, position);
    int stop = at < 0 ? line.length() : at;
    String result = line.substring(position, stop);
    position = stop + 1;
    return result;
  }

  private String quoted() {
    int end = position + 1;
    while (line.charAt(end) != '"') {
      end += line.charAt(end) == '\\' ? 2 : 1;
    }
    String result = (String) Json.decodeValue(line.substring(position, end + 1));
    position = end + 2;
    if (end + 1 < line.length() && line.charAt(end + 1) != ' ') {
      throw new AssertionError("text behind a quote in: " + line);
    }
    return result;
  }
}
