package dev.weir.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** Looks a cookie up in the header fields of a request (RFC 6265 section 5.4). */
public final class Cookies {

  private Cookies() {}

  /**
   * The value of the first cookie of that name, as it is written; {@code null} when there is none.
   */
  public static String first(MultiMap headers, String name) {
    String field = headers.get(HttpHeaders.COOKIE);
    if (field == null) {
      return null;
    }
    String value = first(field, name);
    return value == null ? among(headers, name) : value;
  }

  /** HTTP/1.1 allows one field; HTTP/2 may split it. */
  private static String among(MultiMap headers, String name) {
    for (String field : headers.getAll(HttpHeaders.COOKIE)) {
      String value = first(field, name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static String first(String field, String name) {
    int start = 0;
    while (start < field.length()) {
      int semicolon = field.indexOf(';', start);
      int end = semicolon < 0 ? field.length() : semicolon;
      while (start < end && field.charAt(start) == ' ') {
        start++;
      }
      int value = start + name.length() + 1;
      if (value <= end && field.charAt(value - 1) == '=' && field.startsWith(name, start)) {
        return field.substring(value, end);
      }
      start = end + 1;
    }
    return null;
  }
}
