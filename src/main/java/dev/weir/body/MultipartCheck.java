package dev.weir.body;

/**
 * A body of {@code multipart/form-data} (RFC 2046 section 5.1.1): delimiter lines, well-formed
 * fields before each part, the closing delimiter. What stands before the first delimiter and behind
 * the last is ignored.
 */
final class MultipartCheck extends BodyCheck {

  private static final int MAX_BOUNDARY = 70;
  private static final String BOUNDARY_MARKS = "'()+_,-./:=? ";

  // Where the next byte stands.
  private static final int DATA = 0;
  private static final int DELIMITER_END = 1;
  private static final int CLOSING_DASH = 2;
  private static final int CLOSED = 3;
  private static final int PADDING = 4;
  private static final int LINE_FEED = 5;
  private static final int FIELDS = 6;
  private static final int EPILOGUE = 7;

  private final byte[] delimiter;
  private final PartHeader header;
  private final int maxParts;
  private final PartValues values;
  private int state = DATA;
  private int matched = 2; // As if a line had ended just before the body.
  private int parts;

  /**
   * @param boundary what parts the parts
   * @param maxParts how many there may be
   * @param maxPartHeaderBytes how long the fields of one may be
   * @param values who wants to know these; null when nobody does
   */
  MultipartCheck(byte[] boundary, int maxParts, int maxPartHeaderBytes, PartValues values) {
    delimiter = new byte[boundary.length + 4];
    delimiter[0] = '\r';
    delimiter[1] = '\n';
    delimiter[2] = '-';
    delimiter[3] = '-';
    System.arraycopy(boundary, 0, delimiter, 4, boundary.length);
    this.maxParts = maxParts;
    this.header = new PartHeader(maxPartHeaderBytes, values != null);
    this.values = values;
  }

  /** Whether a text may be a boundary. */
  static boolean isBoundary(String text) {
    if (text == null || text.isEmpty() || text.length() > MAX_BOUNDARY || text.endsWith(" ")) {
      return false;
    }
    return text.chars().allMatch(MultipartCheck::isBoundaryCharacter);
  }

  private static boolean isBoundaryCharacter(int c) {
    int lower = c | 0x20;
    return c >= '0' && c <= '9' || lower >= 'a' && lower <= 'z' || BOUNDARY_MARKS.indexOf(c) >= 0;
  }

  @Override
  int feed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && problem() == null) {
      if (state == DATA) {
        at = data(bytes, at, to);
      } else if (state == FIELDS) {
        at = fields(bytes, at, to);
      } else if (state == EPILOGUE) {
        return to;
      } else {
        at = step(bytes[at]) ? at + 1 : at;
      }
    }
    return at;
  }

  /** Reads on to behind the next delimiter. A carriage return can only be its first byte. */
  private int data(byte[] bytes, int from, int to) {
    int match = matched;
    int at = from;
    while (at < to && match < delimiter.length) {
      byte b = bytes[at++];
      if (b == delimiter[match]) {
        match++;
      } else {
        match = b == '\r' ? 1 : 0;
      }
    }
    matched = match;
    if (match == delimiter.length) {
      state = DELIMITER_END;
    }
    return at;
  }

  private int fields(byte[] bytes, int from, int to) {
    int at = header.feed(bytes, from, to);
    if (header.problem() != null) {
      return fail(at, header.problem());
    }
    if (header.isWhole()) {
      if (values != null) {
        values.part(header.block());
        if (values.problem() != null) {
          return fail(at - 1, values.problem());
        }
      }
      state = DATA;
      matched = 2; // A part may be empty: then the empty line begins the delimiter.
    }
    return at;
  }

  /** Takes a byte of the rest of a delimiter line. */
  private boolean step(byte b) {
    return switch (state) {
      case DELIMITER_END -> b == '-' ? go(CLOSING_DASH) : padding(b);
      case CLOSING_DASH -> b == '-' ? go(CLOSED) : fail("the closing delimiter is broken");
      case CLOSED -> b == '\r' ? go(EPILOGUE) : isBlank(b) || fail("a line end is expected");
      case PADDING -> padding(b);
      default -> b == '\n' ? part() : fail("a line feed is expected");
    };
  }

  private boolean padding(byte b) {
    return b == '\r'
        ? go(LINE_FEED)
        : isBlank(b) ? go(PADDING) : fail("a delimiter must end its line");
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private boolean part() {
    parts++;
    header.begin();
    return parts <= maxParts ? go(FIELDS) : fail("there are too many parts");
  }

  private boolean go(int next) {
    state = next;
    return true;
  }

  @Override
  String missing() {
    return state == CLOSED || state == EPILOGUE ? null : "the closing delimiter is missing";
  }
}
