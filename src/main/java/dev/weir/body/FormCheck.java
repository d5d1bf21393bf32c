package dev.weir.body;

/**
 * A body of {@code application/x-www-form-urlencoded}: visible ASCII, each percent sign before two
 * hexadecimal digits. Which bytes the digits stand for is the service's to read.
 */
final class FormCheck extends BodyCheck {

  private static final byte PLAIN = 0;
  private static final byte PERCENT = 1;
  private static final byte SEPARATOR = 2;
  private static final byte FORBIDDEN = 3;
  private static final byte[] CLASS = classes();

  private final int maxFields;
  private int fields = 1;
  private int digits; // How many hexadecimal digits must follow.

  /**
   * @param maxFields how many fields there may be, those without a name or value included
   */
  FormCheck(int maxFields) {
    this.maxFields = maxFields;
  }

  private static byte[] classes() {
    byte[] classes = new byte[256];
    for (int b = 0; b < classes.length; b++) {
      classes[b] = b <= ' ' || b >= 0x7f ? FORBIDDEN : PLAIN;
    }
    classes['%'] = PERCENT;
    classes['&'] = SEPARATOR;
    return classes;
  }

  @Override
  int feed(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      int b = bytes[at] & 0xff;
      if (digits > 0) {
        if (!isHex(b)) {
          return fail(at, "a percent sign needs two hexadecimal digits");
        }
        digits--;
      } else if (CLASS[b] != PLAIN && !special(CLASS[b])) {
        return fail(at, CLASS[b] == FORBIDDEN ? "it must be encoded" : "there are too many fields");
      }
    }
    return to;
  }

  private boolean special(byte kind) {
    if (kind == PERCENT) {
      digits = 2;
    } else if (kind == SEPARATOR) {
      fields++;
    }
    return kind != FORBIDDEN && fields <= maxFields;
  }

  static boolean isHex(int b) {
    int lower = b | 0x20;
    return b >= '0' && b <= '9' || lower >= 'a' && lower <= 'f';
  }

  @Override
  String missing() {
    return digits == 0 ? null : "it ends within a percent-encoding";
  }
}
