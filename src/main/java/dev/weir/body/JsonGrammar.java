package dev.weir.body;

/**
 * Which token of JSON may follow which, as tables: where JSON is at a place, the kinds of tokens by
 * their first byte, and where it is behind each.
 */
final class JsonGrammar {

  // Where JSON is between two tokens. The order is that of EXPECTED.
  static final int VALUE = 0;
  static final int ARRAY_START = 1;
  static final int ARRAY_VALUE = 2;
  static final int OBJECT_START = 3;
  static final int OBJECT_NAME = 4;
  static final int OBJECT_COLON = 5;
  static final int OBJECT_VALUE = 6;
  static final int ARRAY_NEXT = 7;
  static final int OBJECT_NEXT = 8;
  static final int END = 9;

  /** Behind a token that may not stand at a place. */
  static final int NOWHERE = -1;

  // Kinds of tokens.
  static final int SPACE = 0;
  static final int COMMA = 1;
  static final int COLON = 2;
  static final int STRING = 3;
  static final int NUMBER = 4;
  static final int LITERAL = 5;
  static final int OPEN_ARRAY = 6;
  static final int OPEN_OBJECT = 7;
  static final int CLOSE_ARRAY = 8;
  static final int CLOSE_OBJECT = 9;
  static final int NONE = 10;

  private static final String[] EXPECTED = {
    "a value is expected",
    "a value or ] is expected",
    "a value is expected",
    "a name or } is expected",
    "a name is expected",
    "a colon is expected",
    "a value is expected",
    "a comma or ] is expected",
    "a comma or } is expected",
    "nothing more is expected"
  };

  private static final byte[] KIND = new byte[256];

  /** Sixteen kinds for each place. */
  private static final byte[] AFTER = new byte[EXPECTED.length << 4];

  static {
    for (int b = 0; b < KIND.length; b++) {
      KIND[b] = (byte) kindOf((char) b);
    }
    for (int place = VALUE; place <= END; place++) {
      for (int kind = SPACE; kind <= NONE; kind++) {
        AFTER[place << 4 | kind] = (byte) compute(place, kind);
      }
    }
  }

  private JsonGrammar() {}

  private static int kindOf(char b) {
    return switch (b) {
      case ' ', '\t', '\n', '\r' -> SPACE;
      case ',' -> COMMA;
      case ':' -> COLON;
      case '"' -> STRING;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> NUMBER;
      case 't', 'f', 'n' -> LITERAL;
      case '[' -> OPEN_ARRAY;
      case '{' -> OPEN_OBJECT;
      case ']' -> CLOSE_ARRAY;
      case '}' -> CLOSE_OBJECT;
      default -> NONE;
    };
  }

  private static int compute(int place, int kind) {
    boolean name = place == OBJECT_START || place == OBJECT_NAME;
    boolean value = place <= ARRAY_VALUE || place == OBJECT_VALUE;
    return switch (kind) {
      case SPACE -> place;
      case COMMA -> place == ARRAY_NEXT ? ARRAY_VALUE : either(place, OBJECT_NEXT, OBJECT_NAME);
      case COLON -> either(place, OBJECT_COLON, OBJECT_VALUE);
      case STRING -> name ? OBJECT_COLON : value ? afterValue(place) : NOWHERE;
      case NUMBER, LITERAL -> value ? afterValue(place) : NOWHERE;
      case OPEN_ARRAY -> value ? ARRAY_START : NOWHERE;
      case OPEN_OBJECT -> value ? OBJECT_START : NOWHERE;
      case CLOSE_ARRAY -> place == ARRAY_START ? END : either(place, ARRAY_NEXT, END);
      case CLOSE_OBJECT -> place == OBJECT_START ? END : either(place, OBJECT_NEXT, END);
      default -> NOWHERE;
    };
  }

  private static int either(int place, int wanted, int next) {
    return place == wanted ? next : NOWHERE;
  }

  private static int afterValue(int place) {
    return place == VALUE ? END : place == OBJECT_VALUE ? OBJECT_NEXT : ARRAY_NEXT;
  }

  /** The kind of token that a byte begins. */
  static int kind(byte b) {
    return KIND[b & 0xff];
  }

  /**
   * The place behind a token; {@link #NOWHERE} where it may not stand. For one that closes it is
   * END, and depends on what is still open.
   */
  static int after(int place, int kind) {
    return AFTER[place << 4 | kind];
  }

  /** What may stand at a place, for people. */
  static String expected(int place) {
    return EXPECTED[place];
  }
}
