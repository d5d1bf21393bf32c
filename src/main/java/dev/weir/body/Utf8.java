package dev.weir.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Well-formed UTF-8 (RFC 3629), byte by byte: no overlong forms, surrogates or other planes. */
final class Utf8 {

  /** Between two characters. */
  static final int START = 0;

  /** No byte may follow: it is not UTF-8. */
  static final int BROKEN = -1;

  static final String PROBLEM = "it is not UTF-8";

  /** Eight bytes of an array at once. */
  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  static final long HIGH_BITS = 0x8080808080808080L;

  // States: how many more bytes, and from which range the next one is.
  private static final int ONE_MORE = 1;
  private static final int TWO_MORE = 2;
  private static final int THREE_MORE = 3;
  private static final int AFTER_E0 = 4;
  private static final int AFTER_ED = 5;
  private static final int AFTER_F0 = 6;
  private static final int AFTER_F4 = 7;

  private Utf8() {}

  /** The state after a byte, 0 to 255. */
  static int next(int state, int b) {
    return switch (state) {
      case START -> lead(b);
      case ONE_MORE -> within(b, 0x80, 0xbf, START);
      case TWO_MORE -> within(b, 0x80, 0xbf, ONE_MORE);
      case THREE_MORE -> within(b, 0x80, 0xbf, TWO_MORE);
      case AFTER_E0 -> within(b, 0xa0, 0xbf, ONE_MORE);
      case AFTER_ED -> within(b, 0x80, 0x9f, ONE_MORE);
      case AFTER_F0 -> within(b, 0x90, 0xbf, TWO_MORE);
      case AFTER_F4 -> within(b, 0x80, 0x8f, TWO_MORE);
      default -> BROKEN;
    };
  }

  private static int within(int b, int low, int high, int next) {
    return b >= low && b <= high ? next : BROKEN;
  }

  private static int lead(int b) {
    if (b < 0x80) {
      return START;
    }
    if (b < 0xc2 || b > 0xf4) {
      return BROKEN;
    }
    if (b < 0xe0) {
      return ONE_MORE;
    }
    if (b < 0xf0) {
      return b == 0xe0 ? AFTER_E0 : b == 0xed ? AFTER_ED : TWO_MORE;
    }
    return b == 0xf0 ? AFTER_F0 : b == 0xf4 ? AFTER_F4 : THREE_MORE;
  }
}
