package dev.weir.body;

/**
 * A body that must be JSON (RFC 8259): one value in UTF-8, without a byte order mark, and nothing
 * but white space around it.
 *
 * <p>Escapes of half a surrogate pair and names that are there twice are well-formed: RFC 8259 only
 * warns of them.
 */
final class JsonCheck extends BodyCheck {

  // What may come next, between tokens. The order is that of EXPECTED.
  private static final int VALUE = 0;
  private static final int FIRST_ELEMENT = 1;
  private static final int FIRST_NAME = 2;
  private static final int NAME = 3;
  private static final int COLON = 4;
  private static final int NEXT = 5;
  private static final int END = 6;

  private static final String[] EXPECTED = {
    "a value is expected",
    "a value or ] is expected",
    "a name or } is expected",
    "a name is expected",
    "a colon is expected",
    "a comma or the end is expected",
    "nothing more is expected"
  };

  private final JsonNesting nesting;
  private final JsonString string;
  private int expected = VALUE;
  private boolean inString;
  private int number = JsonNumber.START;
  private String literal; // The one that has begun, or null.
  private int matched;

  /**
   * @param maxDepth how deep objects and arrays may be nested
   * @param maxStringBytes how long a string or name may be; 0 for no bound
   */
  JsonCheck(int maxDepth, long maxStringBytes) {
    this.nesting = new JsonNesting(maxDepth);
    this.string = new JsonString(maxStringBytes);
  }

  @Override
  int feed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && problem() == null) {
      if (inString) {
        at = string(bytes, at, to);
      } else if (number != JsonNumber.START) {
        at = number(bytes, at, to);
      } else if (literal != null) {
        at = literal(bytes, at, to);
      } else {
        at = token(bytes, at, to);
      }
    }
    return at;
  }

  /** Reads on between tokens, to behind the first byte of the next one. */
  private int token(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b > ' ' || b < 0) {
        return begin(b) ? at + 1 : problem() == null ? fail(at, EXPECTED[expected]) : at;
      }
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return fail(at, EXPECTED[expected]);
      }
    }
    return to;
  }

  private boolean begin(byte b) {
    return switch (b) {
      case '"' -> beginString();
      case ',' -> comma();
      case ':' -> colon();
      case '{' -> open(true);
      case '[' -> open(false);
      case '}' -> close(true, FIRST_NAME);
      case ']' -> close(false, FIRST_ELEMENT);
      case 't' -> beginLiteral("true");
      case 'f' -> beginLiteral("false");
      case 'n' -> beginLiteral("null");
      default -> beginNumber(b);
    };
  }

  private boolean isValueExpected() {
    return expected <= FIRST_ELEMENT;
  }

  private boolean beginString() {
    inString = expected <= NAME;
    string.open();
    return inString;
  }

  private int string(byte[] bytes, int from, int to) {
    int at = string.scan(bytes, from, to);
    if (string.problem() != null) {
      return fail(at, string.problem());
    }
    if (string.isClosed()) {
      inString = false;
      if (isValueExpected()) {
        valueEnded();
      } else {
        expected = COLON;
      }
    }
    return at;
  }

  private boolean comma() {
    boolean fits = expected == NEXT;
    if (fits) {
      expected = nesting.inObject() ? NAME : VALUE;
    }
    return fits;
  }

  private boolean colon() {
    boolean fits = expected == COLON;
    if (fits) {
      expected = VALUE;
    }
    return fits;
  }

  private boolean open(boolean object) {
    if (!isValueExpected()) {
      return false;
    }
    if (!nesting.push(object)) {
      return fail("it is nested too deeply");
    }
    expected = object ? FIRST_NAME : FIRST_ELEMENT;
    return true;
  }

  private boolean close(boolean object, int whenEmpty) {
    boolean fits = expected == whenEmpty || expected == NEXT && nesting.inObject() == object;
    if (fits) {
      nesting.pop();
      valueEnded();
    }
    return fits;
  }

  private void valueEnded() {
    expected = nesting.depth() == 0 ? END : NEXT;
  }

  private boolean beginLiteral(String word) {
    if (isValueExpected()) {
      literal = word;
      matched = 1;
    }
    return isValueExpected();
  }

  private int literal(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && matched < literal.length()) {
      if (bytes[at] != literal.charAt(matched)) {
        return fail(at, literal + " is expected");
      }
      at++;
      matched++;
    }
    if (matched == literal.length()) {
      literal = null;
      valueEnded();
    }
    return at;
  }

  private boolean beginNumber(byte b) {
    int state = isValueExpected() ? JsonNumber.next(JsonNumber.START, b) : JsonNumber.END;
    number = Math.max(JsonNumber.START, state);
    return state > JsonNumber.START;
  }

  private int number(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      int next = JsonNumber.next(number, bytes[at]);
      if (next == JsonNumber.END) {
        if (!JsonNumber.isWhole(number)) {
          return fail(at, "a digit is expected");
        }
        number = JsonNumber.START;
        valueEnded();
        return at;
      }
      number = next;
    }
    return to;
  }

  @Override
  String missing() {
    if (inString) {
      return "it ends within a string";
    }
    if (literal != null) {
      return "it ends within " + literal;
    }
    if (number != JsonNumber.START) {
      boolean whole = JsonNumber.isWhole(number) && nesting.depth() == 0;
      return whole ? null : "it ends within a value";
    }
    return expected == END ? null : "it ends where " + EXPECTED[expected];
  }
}
