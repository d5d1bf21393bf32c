package dev.weir.body;

import dev.weir.config.ValueConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one name or value, which may come in pieces; too many are not kept. */
final class Snippet {

  /** An escaped character of JSON takes up to six bytes, one of a form up to nine. */
  private static final int MAX_BYTES = 9 * ValueConfig.MAX_LENGTH;

  private byte[] bytes = new byte[64];
  private int size;
  private boolean wanted;

  /** Begins anew; keeps nothing unless it is wanted. */
  void begin(boolean wanted) {
    this.wanted = wanted;
    size = 0;
  }

  void add(byte b) {
    if (wanted && size <= MAX_BYTES) {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * size);
      }
      bytes[size++] = b;
    }
  }

  /** What was added; null when it was too much. */
  String text() {
    return size > MAX_BYTES ? null : new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  /** A text that is short enough to be matched, or null. */
  static String bounded(String text) {
    return text == null || text.length() > ValueConfig.MAX_LENGTH ? null : text;
  }
}
