package dev.weir.body;

/** A JSON number, byte by byte: a table of states, for numbers are too short for branches. */
final class JsonNumber {

  /** No number has begun. */
  static final int START = 0;

  /** The byte does not belong to the number. */
  static final int END = -1;

  private static final int MINUS = 1;
  private static final int ZERO = 2;
  private static final int INTEGER = 3;
  private static final int POINT = 4;
  private static final int FRACTION = 5;
  private static final int EXPONENT = 6;
  private static final int SIGN = 7;
  private static final int POWER = 8;

  // One bit for each state that a number may end in.
  private static final int WHOLE = 1 << ZERO | 1 << INTEGER | 1 << FRACTION | 1 << POWER;

  /** One of each class of bytes; all others are the class behind. */
  private static final String CLASSES = "01.e+-";

  private static final byte[] CLASS = new byte[256];

  /** Eight classes for each state. */
  private static final byte[] NEXT = new byte[9 << 3];

  static {
    for (int b = 0; b < CLASS.length; b++) {
      char like = b >= '2' && b <= '9' ? '1' : b == 'E' ? 'e' : (char) b;
      int index = CLASSES.indexOf(like);
      CLASS[b] = (byte) (index < 0 ? CLASSES.length() : index);
    }
    for (int state = START; state <= POWER; state++) {
      for (int of = 0; of <= CLASSES.length(); of++) {
        char b = of < CLASSES.length() ? CLASSES.charAt(of) : 'x';
        NEXT[state << 3 | of] = (byte) compute(state, b);
      }
    }
  }

  private JsonNumber() {}

  /** The state after a byte. */
  static int next(int state, byte b) {
    return NEXT[state << 3 | CLASS[b & 0xff]];
  }

  private static int compute(int state, char b) {
    boolean digit = b == '0' || b == '1';
    return switch (state) {
      case START -> b == '-' ? MINUS : first(b);
      case MINUS -> first(b);
      case ZERO -> pointOrExponent(b);
      case INTEGER -> digit ? INTEGER : pointOrExponent(b);
      case POINT -> digit ? FRACTION : END;
      case FRACTION -> digit ? FRACTION : exponent(b);
      case EXPONENT -> b == '+' || b == '-' ? SIGN : digit ? POWER : END;
      default -> digit ? POWER : END;
    };
  }

  private static int first(char b) {
    return b == '0' ? ZERO : b == '1' ? INTEGER : END;
  }

  private static int pointOrExponent(char b) {
    return b == '.' ? POINT : exponent(b);
  }

  private static int exponent(char b) {
    return b == 'e' ? EXPONENT : END;
  }

  /** Whether a number may end in a state. */
  static boolean isWhole(int state) {
    return (WHOLE >>> state & 1) != 0;
  }
}
