package dev.weir.exchange;

import io.netty.handler.codec.http.QueryStringDecoder;

/** Looks a parameter up in the query of a request target. */
public final class QueryString {

  private QueryString() {}

  /**
   * The decoded value of the first parameter of that name.
   *
   * @return empty when it has no value, {@code null} when there is none; a malformed one counts as
   *     none
   */
  public static String first(String target, String name) {
    int start = target.indexOf('?') + 1;
    while (start > 0 && start <= target.length()) {
      int end = target.indexOf('&', start);
      int stop = end < 0 ? target.length() : end;
      int equals = target.indexOf('=', start);
      int nameEnd = equals < 0 || equals > stop ? stop : equals;
      if (name.equals(decode(target.substring(start, nameEnd)))) {
        String value = decode(target.substring(Math.min(nameEnd + 1, stop), stop));
        if (value != null) {
          return value;
        }
      }
      start = end + 1;
    }
    return null;
  }

  private static String decode(String text) {
    try {
      return QueryStringDecoder.decodeComponent(text);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
