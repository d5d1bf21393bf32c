package dev.weir.accesslog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of whole lines, written by hand: no string is made on the way. Grows, never shrinks. */
final class LineBuffer {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** What one character takes at most: a backslash, a u and four digits. */
  private static final int MAX_ESCAPE = 6;

  /** What a long takes at most, with its sign. */
  private static final int MAX_DIGITS = 20;

  private static final char REPLACEMENT = '\ufffd';

  private byte[] bytes;
  private int length;

  LineBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** Takes back what was written after the buffer had this length. */
  void truncate(int length) {
    this.length = length;
  }

  /** The bytes so far, not copied: good until the next change. */
  ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  void put(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  void put(byte[] source) {
    reserve(source.length);
    System.arraycopy(source, 0, bytes, length, source.length);
    length += source.length;
  }

  /** Appends a text that is known to be printable ASCII. */
  void plain(String ascii) {
    int n = ascii.length();
    reserve(n);
    for (int i = 0; i < n; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
  }

  void number(long value) {
    reserve(MAX_DIGITS);
    if (value < 0) {
      bytes[length++] = '-';
    }
    int start = length;
    long rest = value;
    do {
      bytes[length++] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    } while (rest != 0);
    reverse(start, length - 1);
  }

  private void reverse(int from, int to) {
    for (int i = from, j = to; i < j; i++, j--) {
      byte swapped = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swapped;
    }
  }

  /**
   * Appends a text as a JSON string in ASCII, quotes included. A surrogate without its other half,
   * which no decoder agrees on, becomes U+FFFD.
   */
  void quoted(String text) {
    int n = text.length();
    reserve(n * MAX_ESCAPE + 2);
    bytes[length++] = '"';
    for (int i = 0; i < n; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        bytes[length++] = (byte) c;
      } else {
        escape(Character.isSurrogate(c) && isLone(text, i) ? REPLACEMENT : c);
      }
    }
    bytes[length++] = '"';
  }

  private static boolean isLone(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
  }

  private void escape(char c) {
    bytes[length++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[length++] = (byte) c;
      case '\n' -> bytes[length++] = 'n';
      case '\r' -> bytes[length++] = 'r';
      case '\t' -> bytes[length++] = 't';
      default -> unicode(c);
    }
  }

  private void unicode(char c) {
    bytes[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[c >> shift & 0xf];
    }
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
