package dev.weir.ingress.filter;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Removes the fields that belong to one connection only (RFC 9110 section 7.6.1): the known ones,
 * and those that {@code Connection} names. A field on which framing, routing or identity rests
 * stays even if it is named, so that naming can't be used to strip it.
 */
public final class HopByHop {

  private static final CharSequence KEEP_ALIVE = HttpHeaders.createOptimized("keep-alive");
  private static final CharSequence PROXY_CONNECTION =
      HttpHeaders.createOptimized("proxy-connection");
  private static final CharSequence PROXY_AUTHORIZATION =
      HttpHeaders.createOptimized("proxy-authorization");
  private static final CharSequence TE = HttpHeaders.createOptimized("te");
  private static final CharSequence UPGRADE = HttpHeaders.createOptimized("upgrade");
  private static final CharSequence SETTINGS = HttpHeaders.createOptimized("http2-settings");

  private static final Set<String> KEPT =
      Set.of(
          "host",
          "content-length",
          "content-type",
          "content-encoding",
          "transfer-encoding",
          "authorization",
          "cookie",
          "cache-control",
          "expect",
          "forwarded",
          "via",
          "x-request-id",
          "x-real-ip",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-port",
          "x-forwarded-proto");

  private HopByHop() {}

  /** Cleans a request; returns whether the client asked to close the connection. */
  public static boolean stripRequest(MultiMap headers) {
    String te = headers.get(TE);
    boolean close = strip(headers);
    headers.remove(PROXY_AUTHORIZATION);
    headers.remove(SETTINGS);
    if (te != null) {
      headers.remove(TE);
      if (AsciiString.containsIgnoreCase(te, "trailers")) {
        headers.set(TE, "trailers");
      }
    }
    return close;
  }

  /** Cleans a response. */
  public static void stripResponse(MultiMap headers) {
    strip(headers);
  }

  private static boolean strip(MultiMap headers) {
    boolean close = headers.contains(HttpHeaders.CONNECTION) && stripNominated(headers);
    headers.remove(KEEP_ALIVE);
    headers.remove(PROXY_CONNECTION);
    headers.remove(UPGRADE);
    headers.remove(HttpHeaders.TRANSFER_ENCODING);
    return close;
  }

  private static boolean stripNominated(MultiMap headers) {
    List<String> lines = headers.getAll(HttpHeaders.CONNECTION);
    headers.remove(HttpHeaders.CONNECTION);
    boolean close = false;
    for (String line : lines) {
      if (AsciiString.contentEqualsIgnoreCase(line, "close")) {
        close = true;
      } else if (!AsciiString.contentEqualsIgnoreCase(line, KEEP_ALIVE)) {
        close |= stripNominated(headers, line);
      }
    }
    return close;
  }

  private static boolean stripNominated(MultiMap headers, String line) {
    boolean close = false;
    for (String element : line.split(",")) {
      String name = element.trim().toLowerCase(Locale.ROOT);
      close |= name.equals("close");
      if (!name.isEmpty() && !KEPT.contains(name)) {
        headers.remove(name);
      }
    }
    return close;
  }
}
