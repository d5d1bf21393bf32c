package dev.weir.accesslog;

import java.nio.charset.StandardCharsets;

/** Entries to test with, and what becomes of them. */
final class Entries {

  private Entries() {}

  /** An entry with every field set. */
  static AccessEntry full() {
    AccessEntry entry = new AccessEntry();
    entry.epochMillis = 1_767_225_599_007L;
    entry.requestId = "4f2a-01";
    entry.clientAddress = "2001:db8::1";
    entry.method = "GET";
    entry.host = "shop.example.com:8080";
    entry.target = "/orders/7";
    entry.protocol = "HTTP/1.1";
    entry.routeId = "orders";
    entry.upstream = "orders";
    entry.endpoint = "10.0.0.7:9001";
    entry.status = 502;
    entry.flag = "UF";
    entry.detail = "reset";
    entry.bytesIn = 12;
    entry.bytesOut = 3_000_000_000L;
    entry.attempts = 2;
    entry.queueNanos = 0;
    entry.connectNanos = 1_999;
    entry.firstByteNanos = 2_000_000;
    entry.totalNanos = 61_000_000_999L;
    return entry;
  }

  /** An entry with a number as its request id. */
  static AccessEntry numbered(int number) {
    AccessEntry entry = new AccessEntry();
    entry.requestId = Integer.toString(number);
    entry.status = 200;
    return entry;
  }

  /** The line of an entry, with its line feed. */
  static String line(LineFormat format, AccessEntry entry) {
    LineBuffer buffer = new LineBuffer(1);
    format.append(entry, buffer);
    return text(buffer);
  }

  static String text(LineBuffer buffer) {
    return StandardCharsets.US_ASCII.decode(buffer.view()).toString();
  }
}
