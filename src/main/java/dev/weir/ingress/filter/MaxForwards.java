package dev.weir.ingress.filter;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;

/** Counts down {@code Max-Forwards} of an OPTIONS request (RFC 9110 section 7.6.2). */
public final class MaxForwards {

  private static final CharSequence NAME = HttpHeaders.createOptimized("max-forwards");

  private MaxForwards() {}

  /** Whether the request ends here; if not, the next server may forward it once less. */
  public static boolean endsHere(HttpMethod method, MultiMap headers) {
    if (method != HttpMethod.OPTIONS) {
      return false;
    }
    String value = headers.get(NAME);
    if (value == null || !value.matches("[0-9]{1,9}")) {
      return false;
    }
    int left = Integer.parseInt(value);
    headers.set(NAME, Integer.toString(left - 1));
    return left == 0;
  }
}
