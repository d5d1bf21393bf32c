package dev.weir.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.AccessLogConfig;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reads lines of random hostile entries back with parsers of their formats. */
class LineModelTest {

  private static final int ROUNDS = 5_000;

  /** Characters that mean something to a format, a terminal or a decoder. */
  private static final String SPECIAL =
      "\"\\= \n\r"
          + "\t\0\b\f\u001b\u007f\u0080\u0085\u2028\u2029\ufeff\ufffe\ud800\udbff\udc00\udfff{}:,ä€az09";

  private final Random random = new Random(5);

  @Test
  void jsonLines_readBackAsWritten() {
    LineFormat format = LineFormat.of(AccessLogConfig.JSON);
    for (int i = 0; i < ROUNDS; i++) {
      AccessEntry entry = hostile();
      JsonObject read = new JsonObject(oneLine(Entries.line(format, entry)));

      assertThat(read.getString("path")).isEqualTo(decodable(entry.target));
      assertThat(read.getString("id")).isEqualTo(decodable(entry.requestId));
      assertThat(read.getString("host")).isEqualTo(decodable(entry.host));
      assertThat(read.getLong("bytes_out")).isEqualTo(entry.bytesOut);
      assertThat(read.getInteger("status")).isEqualTo(entry.status);
      assertThat(read.getLong("total_us")).isEqualTo(micros(entry.totalNanos));
      assertThat(read.size()).isEqualTo(fields(entry));
    }
  }

  @Test
  void logfmtLines_readBackAsWritten() {
    LineFormat format = LineFormat.of(AccessLogConfig.LOGFMT);
    for (int i = 0; i < ROUNDS; i++) {
      AccessEntry entry = hostile();
      Map<String, String> read = LogfmtReader.read(oneLine(Entries.line(format, entry)));

      assertThat(read.get("path")).isEqualTo(decodable(entry.target));
      assertThat(read.get("id")).isEqualTo(decodable(entry.requestId));
      assertThat(read.get("host")).isEqualTo(decodable(entry.host));
      assertThat(read.get("bytes_out")).isEqualTo(Long.toString(entry.bytesOut));
      assertThat(read.get("status")).isEqualTo(Integer.toString(entry.status));
      assertThat(read).hasSize(fields(entry));
    }
  }

  private AccessEntry hostile() {
    AccessEntry entry = new AccessEntry();
    entry.epochMillis = random.nextLong(4_102_444_800_000L);
    entry.requestId = text();
    entry.host = text();
    entry.target = text();
    entry.status = random.nextInt(1_000);
    entry.bytesOut = random.nextLong();
    entry.totalNanos = random.nextBoolean() ? -1 : random.nextLong(Long.MAX_VALUE);
    return entry;
  }

  private String text() {
    if (random.nextInt(8) == 0) {
      return null;
    }
    StringBuilder result = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      boolean special = random.nextInt(4) != 0;
      result.append(
          special
              ? SPECIAL.charAt(random.nextInt(SPECIAL.length()))
              : (char) random.nextInt(Character.MAX_VALUE + 1));
    }
    return result.toString();
  }

  /** The line without its end, which is the only character outside of printable ASCII. */
  private static String oneLine(String line) {
    assertThat(line).matches("[ -~]*\n");
    return line.substring(0, line.length() - 1);
  }

  /** What a decoder makes of a text: lone surrogates become U+FFFD. */
  private static String decodable(String text) {
    if (text == null) {
      return null;
    }
    ByteBuffer bytes = StandardCharsets.UTF_16BE.encode(text);
    return StandardCharsets.UTF_16BE.decode(bytes).toString();
  }

  private static Long micros(long nanos) {
    return nanos < 0 ? null : nanos / 1_000;
  }

  private static int fields(AccessEntry entry) {
    int always = 5;
    return always
        + (entry.requestId == null ? 0 : 1)
        + (entry.host == null ? 0 : 1)
        + (entry.target == null ? 0 : 1)
        + (entry.totalNanos < 0 ? 0 : 1);
  }
}
