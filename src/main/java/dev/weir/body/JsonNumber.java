package dev.weir.body;

/** A JSON number, byte by byte. */
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

  private JsonNumber() {}

  /** The state after a byte. */
  static int next(int state, byte b) {
    boolean digit = b >= '0' && b <= '9';
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

  private static int first(byte b) {
    if (b == '0') {
      return ZERO;
    }
    return b >= '1' && b <= '9' ? INTEGER : END;
  }

  private static int pointOrExponent(byte b) {
    return b == '.' ? POINT : exponent(b);
  }

  private static int exponent(byte b) {
    return b == 'e' || b == 'E' ? EXPONENT : END;
  }

  /** Whether a number may end in a state. */
  static boolean isWhole(int state) {
    return state == ZERO || state == INTEGER || state == FRACTION || state == POWER;
  }
}
