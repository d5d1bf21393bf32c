package dev.weir.body;

/** A text that must be UTF-8. */
final class Utf8Check extends BodyCheck {

  private int state = Utf8.START;

  @Override
  int feed(byte[] bytes, int from, int to) {
    int now = state;
    for (int at = from; at < to; at++) {
      if (now == Utf8.START) {
        at = skipAscii(bytes, at, to);
        if (at == to) {
          break;
        }
      }
      now = Utf8.next(now, bytes[at] & 0xff);
      if (now == Utf8.BROKEN) {
        return fail(at, Utf8.PROBLEM);
      }
    }
    state = now;
    return to;
  }

  private static int skipAscii(byte[] bytes, int from, int to) {
    int at = from;
    while (at <= to - 8 && ((long) Utf8.WORD.get(bytes, at) & Utf8.HIGH_BITS) == 0) {
      at += 8;
    }
    while (at < to && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  @Override
  String missing() {
    return state == Utf8.START ? null : "it ends within a character";
  }
}
