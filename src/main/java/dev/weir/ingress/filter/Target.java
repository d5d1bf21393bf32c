package dev.weir.ingress.filter;

/**
 * The request target, checked byte by byte (RFC 9112 section 3.2, RFC 3986 section 3.3).
 *
 * <p>Strict, because an upstream may read a lenient path otherwise than the route table did:
 * control characters, spaces, non-ASCII, {@code #}, {@code \}, malformed percent-encodings, encoded
 * slashes, backslashes and NUL, and dot segments in any spelling are refused. Two slashes in a row
 * are kept, and so is any percent sign in the query.
 */
final class Target {

  static final Verdict SYNTAX =
      Verdict.bad("The request target has a character that it may not have");
  static final Verdict ESCAPE = Verdict.bad("The request target has a malformed percent-encoding");
  static final Verdict HIDDEN =
      Verdict.bad("The path has an encoded slash, backslash or NUL, which could be read two ways");
  static final Verdict DOTS =
      Verdict.bad("The path has dot segments, which could be read two ways");

  private static final boolean[] ALLOWED = new boolean[128];

  static {
    for (char c = '!'; c < 127; c++) {
      ALLOWED[c] = "\"#<>\\^`{|}".indexOf(c) < 0;
    }
    // Browsers send these unencoded in a query; no server gives them a meaning of their own.
    for (char c : "\"<>^`{|}".toCharArray()) {
      ALLOWED[c] = true;
    }
  }

  private Target() {}

  /** Checks an origin-form target from {@code start} on; {@code null} when it is fine. */
  static Verdict check(String target, int start) {
    int query = target.length();
    boolean dots = false;
    for (int i = start; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c >= 128 || !ALLOWED[c]) {
        return SYNTAX;
      }
      if (c == '%') {
        int octet = octet(target, i);
        if (octet < 0 && i < query) {
          return ESCAPE;
        }
        if (i < query && (octet == '/' || octet == '\\' || octet == 0)) {
          return HIDDEN;
        }
        dots |= octet == '.';
      } else if (c == '?' && i < query) {
        query = i;
      } else {
        dots |= c == '.';
      }
    }
    return dots && hasDotSegment(target, start, query) ? DOTS : null;
  }

  /** The octet that the percent-encoding at {@code i} stands for; -1 when it is malformed. */
  private static int octet(String target, int i) {
    if (i + 2 >= target.length()) {
      return -1;
    }
    int high = Character.digit(target.charAt(i + 1), 16);
    int low = Character.digit(target.charAt(i + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static boolean hasDotSegment(String target, int start, int end) {
    int segment = start;
    while (segment < end) {
      int slash = target.indexOf('/', segment);
      int stop = slash < 0 || slash > end ? end : slash;
      if (isDots(target, segment, stop)) {
        return true;
      }
      segment = stop + 1;
    }
    return false;
  }

  /** Whether a segment is one or two dots, each plain or encoded, before any parameters. */
  private static boolean isDots(String target, int from, int to) {
    int dots = 0;
    int i = from;
    while (i < to && target.charAt(i) != ';') {
      if (target.charAt(i) == '.') {
        i++;
      } else if (target.charAt(i) == '%' && octet(target, i) == '.') {
        i += 3;
      } else {
        return false;
      }
      dots++;
    }
    return dots == 1 || dots == 2;
  }
}
