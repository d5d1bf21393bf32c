package dev.weir.ingress.filter;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;

/**
 * Names the gateway in {@code Via} (RFC 9110 section 7.6.3), after those that a message passed
 * before.
 */
public final class Via {

  private static final CharSequence NAME = HttpHeaders.createOptimized("via");
  private static final CharSequence HTTP_1_1 = HttpHeaders.createOptimized("1.1 weir");
  private static final CharSequence HTTP_1_0 = HttpHeaders.createOptimized("1.0 weir");
  private static final CharSequence HTTP_2 = HttpHeaders.createOptimized("2.0 weir");

  private Via() {}

  /** Adds the gateway to a message that was received in {@code version}. */
  public static void add(MultiMap headers, HttpVersion version) {
    CharSequence own = own(version);
    String before = headers.get(NAME);
    if (before == null) {
      headers.add(NAME, own);
    } else {
      headers.set(NAME, String.join(", ", headers.getAll(NAME)) + ", " + own);
    }
  }

  private static CharSequence own(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> HTTP_1_0;
      case HTTP_1_1 -> HTTP_1_1;
      case HTTP_2 -> HTTP_2;
    };
  }
}
