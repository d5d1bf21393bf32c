package dev.weir.ingress.filter;

import io.vertx.core.http.HttpMethod;

/**
 * The request target, checked byte by byte (RFC 9112 section 3.2, RFC 3986 section 3.3).
 *
 * <p>Strict, because an upstream may read a lenient path otherwise than the route table did:
 * control characters, spaces, non-ASCII, {@code #}, {@code \}, malformed percent-encodings, encoded
 * slashes, backslashes and NUL, and dot segments in any spelling are refused. Two slashes in a row
 * are kept, and so is any percent sign in the query, and so are the characters that browsers do not
 * encode though they should: they have no second meaning.
 */
final class Target {

  /** What OPTIONS asks about the server as a whole. */
  static final String ASTERISK = "*";

  static final Verdict FORM = Verdict.bad("The request target has a form that it may not have");
  static final Verdict SYNTAX =
      Verdict.bad("The request target has a character that it may not have");
  static final Verdict ESCAPE = Verdict.bad("The request target has a malformed percent-encoding");
  static final Verdict HIDDEN =
      Verdict.bad("The path has an encoded slash, backslash or NUL, which could be read two ways");
  static final Verdict DOTS =
      Verdict.bad("The path has dot segments, which could be read two ways");

  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  private Target() {}

  /** Checks an origin-form target; {@code null} when it is fine. */
  static Verdict check(String target) {
    int length = target.length();
    int query = length;
    boolean dots = false;
    for (int i = 0; i < length; i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 127 || c == '#' || c == '\\') {
        return SYNTAX;
      }
      if (i >= query) {
        continue;
      }
      if (c == '%') {
        int octet = octet(target, i);
        if (octet <= 0 || octet == '/' || octet == '\\') {
          return octet < 0 ? ESCAPE : HIDDEN;
        }
        dots |= octet == '.';
      } else if (c == '?') {
        query = i;
      } else {
        dots |= c == '.';
      }
    }
    return dots && hasDotSegment(target, query) ? DOTS : null;
  }

  /** Where the authority of a target in absolute-form begins; -1 when it is no such target. */
  static int startOfAuthority(String uri) {
    if (uri.regionMatches(true, 0, HTTP, 0, HTTP.length())) {
      return HTTP.length();
    }
    return uri.regionMatches(true, 0, HTTPS, 0, HTTPS.length()) ? HTTPS.length() : -1;
  }

  /** Where the authority that begins at {@code start} ends. */
  static int endOfAuthority(String uri, int start) {
    int end = start;
    while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
      end++;
    }
    return end;
  }

  /** What follows an authority, as the server that it names wants to see it. */
  static String originForm(HttpMethod method, String uri, int end) {
    if (end == uri.length()) {
      return method == HttpMethod.OPTIONS ? ASTERISK : "/"; // RFC 9112 section 3.2.4
    }
    String rest = uri.substring(end);
    return rest.startsWith("/") ? rest : "/" + rest;
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

  private static boolean hasDotSegment(String target, int end) {
    int segment = 0;
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
