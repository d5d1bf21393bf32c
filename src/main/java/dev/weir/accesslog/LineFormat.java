package dev.weir.accesslog;

import dev.weir.config.AccessLogConfig;
import java.nio.charset.StandardCharsets;

/**
 * Writes an entry as one line: the fields in their order. The subclasses know what stands around a
 * key and how a text looks. For one thread.
 */
abstract class LineFormat {

  private static final int NANOS_PER_MICRO = 1_000;

  private final Timestamp timestamp = new Timestamp();
  private final byte[] start;
  private final byte[] startEnd;
  private final byte[] end;
  private final byte[][] keys;

  /**
   * @param start what stands before the time
   * @param startEnd what stands after the time
   * @param keyStart what stands before a key
   * @param keyEnd what stands between a key and its value
   * @param end what ends a line
   */
  LineFormat(String start, String startEnd, String keyStart, String keyEnd, String end) {
    this.start = ascii(start);
    this.startEnd = ascii(startEnd);
    this.end = ascii(end);
    this.keys = new byte[Field.values().length][];
    for (Field field : Field.values()) {
      keys[field.ordinal()] = ascii(keyStart + field.key() + keyEnd);
    }
  }

  /** The format of this name in the configuration; a new object, for it belongs to one thread. */
  static LineFormat of(String name) {
    return name.equals(AccessLogConfig.JSON) ? new JsonLines() : new Logfmt();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Appends a text, escaped so that it cannot end the value or the line. */
  abstract void value(String text, LineBuffer out);

  /** Appends one line with its end. */
  final void append(AccessEntry entry, LineBuffer out) {
    out.put(start);
    timestamp.append(entry.epochMillis, out);
    out.put(startEnd);
    request(entry, out);
    outcome(entry, out);
    out.put(end);
  }

  private void request(AccessEntry entry, LineBuffer out) {
    text(Field.ID, entry.requestId, out);
    text(Field.CLIENT, entry.clientAddress, out);
    text(Field.METHOD, entry.method, out);
    text(Field.HOST, entry.host, out);
    text(Field.PATH, entry.target, out);
    text(Field.PROTO, entry.protocol, out);
    text(Field.ROUTE, entry.routeId, out);
    text(Field.UPSTREAM, entry.upstream, out);
    text(Field.ENDPOINT, entry.endpoint, out);
  }

  private void outcome(AccessEntry entry, LineBuffer out) {
    number(Field.STATUS, entry.status, out);
    text(Field.FLAG, entry.flag, out);
    text(Field.DETAIL, entry.detail, out);
    number(Field.BYTES_IN, entry.bytesIn, out);
    number(Field.BYTES_OUT, entry.bytesOut, out);
    number(Field.ATTEMPTS, entry.attempts, out);
    duration(Field.QUEUE, entry.queueNanos, out);
    duration(Field.CONNECT, entry.connectNanos, out);
    duration(Field.FIRST_BYTE, entry.firstByteNanos, out);
    duration(Field.TOTAL, entry.totalNanos, out);
  }

  private void text(Field field, String text, LineBuffer out) {
    if (text != null) {
      out.put(keys[field.ordinal()]);
      value(text, out);
    }
  }

  private void number(Field field, long value, LineBuffer out) {
    out.put(keys[field.ordinal()]);
    out.number(value);
  }

  private void duration(Field field, long nanos, LineBuffer out) {
    if (nanos >= 0) {
      number(field, nanos / NANOS_PER_MICRO, out);
    }
  }
}
