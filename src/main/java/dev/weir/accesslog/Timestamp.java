package dev.weir.accesslog;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes {@code 2026-01-31T23:59:59.999Z}. Keeps the text of the last second: of a thousand lines a
 * second, one asks the calendar.
 */
final class Timestamp {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT);

  private static final int MILLIS_PER_SECOND = 1_000;

  private long second = Long.MIN_VALUE;
  private byte[] text;

  void append(long epochMillis, LineBuffer out) {
    long current = Math.floorDiv(epochMillis, MILLIS_PER_SECOND);
    if (current != second) {
      second = current;
      text = format(current);
    }
    out.put(text);
    int millis = Math.floorMod(epochMillis, MILLIS_PER_SECOND);
    out.put((char) ('0' + millis / 100));
    out.put((char) ('0' + millis / 10 % 10));
    out.put((char) ('0' + millis % 10));
    out.put('Z');
  }

  private static byte[] format(long second) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    return SECOND.format(time).getBytes(StandardCharsets.US_ASCII);
  }
}
