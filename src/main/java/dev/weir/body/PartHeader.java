package dev.weir.body;

import java.nio.charset.StandardCharsets;

/**
 * The fields before a part, up to their empty line: each a name of token characters, a colon and a
 * value without control characters. Folded lines and bare line feeds are refused.
 */
final class PartHeader {

  private static final int LINE = 0; // At the first byte of a line.
  private static final int NAME = 1;
  private static final int VALUE = 2;
  private static final int VALUE_END = 3; // Behind the carriage return of a field.
  private static final int LAST = 4; // Behind the carriage return of the empty line.
  private static final int WHOLE = 5;

  private final int maxBytes;
  private final StringBuilder block; // Null when nobody wants to know.
  private int size;
  private int state;
  private String problem;

  /**
   * @param maxBytes how long all the fields of a part may be
   * @param keeps whether {@link #block} is wanted
   */
  PartHeader(int maxBytes, boolean keeps) {
    this.maxBytes = maxBytes;
    block = keeps ? new StringBuilder() : null;
  }

  /** A part begins. */
  void begin() {
    state = LINE;
    size = 0;
    if (block != null) {
      block.setLength(0);
    }
  }

  /** The lines of the part, in the charset in which they came byte by byte. */
  String block() {
    byte[] bytes = block.toString().getBytes(StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  boolean isWhole() {
    return state == WHOLE;
  }

  String problem() {
    return problem;
  }

  /** Reads on; the index behind the empty line, or of a bad byte, or {@code to}. */
  int feed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && state != WHOLE) {
      if (++size > maxBytes) {
        problem = "the fields of a part are longer than " + maxBytes + " bytes";
      } else {
        step(bytes[at]);
      }
      if (problem != null) {
        return at;
      }
      if (block != null) {
        block.append((char) (bytes[at] & 0xff));
      }
      at++;
    }
    return at;
  }

  private void step(byte b) {
    switch (state) {
      case LINE -> line(b);
      case NAME -> name(b);
      case VALUE -> value(b);
      default -> lineFeed(b);
    }
  }

  private void line(byte b) {
    if (b == '\r') {
      state = LAST;
    } else if (isToken(b)) {
      state = NAME;
    } else {
      problem = "the name of a field is expected";
    }
  }

  private void name(byte b) {
    if (b == ':') {
      state = VALUE;
    } else if (!isToken(b)) {
      problem = "a colon is expected";
    }
  }

  private void value(byte b) {
    if (b == '\r') {
      state = VALUE_END;
    } else if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) {
      problem = "a control character";
    }
  }

  private void lineFeed(byte b) {
    if (b == '\n') {
      state = state == LAST ? WHOLE : LINE;
    } else {
      problem = "a line feed is expected";
    }
  }

  private static boolean isToken(byte b) {
    int lower = b | 0x20;
    return b >= '0' && b <= '9'
        || lower >= 'a' && lower <= 'z'
        || b > 0 && "!#$%&'*+-.^_`|~".indexOf(b) >= 0;
  }
}
