package dev.weir.exchange;

import java.util.Locale;
import java.util.Set;

/**
 * Which fields may stand behind a body. One that bears on framing, routing, authentication or the
 * meaning of the body does nothing there but harm (RFC 9110 section 6.5.1), and is dropped.
 */
public final class Trailers {

  private static final Set<String> FORBIDDEN =
      Set.of(
          "age",
          "authorization",
          "cache-control",
          "connection",
          "content-encoding",
          "content-length",
          "content-range",
          "content-type",
          "cookie",
          "date",
          "expect",
          "expires",
          "forwarded",
          "host",
          "keep-alive",
          "location",
          "max-forwards",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "range",
          "retry-after",
          "set-cookie",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "vary",
          "via",
          "warning",
          "www-authenticate");

  private Trailers() {}

  /** Whether a field of this name, in any case, may pass as a trailer. */
  public static boolean mayPass(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.startsWith("x-forwarded-") && !FORBIDDEN.contains(lower);
  }
}
