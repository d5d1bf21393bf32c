package dev.weir.ingress.filter;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Removes the fields that belong to one connection only (RFC 9110 section 7.6.1): the known ones,
 * and those that {@code Connection} names. A field on which framing, routing or identity rests
 * stays even if it is named, so that naming can't be used to strip it: {@link #KEPT} and {@code
 * X-Forwarded-*}.
 *
 * <p>{@code Transfer-Encoding} goes because framing is made anew; {@code Trailer} stays.
 */
public final class HopByHop {

  private static final CharSequence KEEP_ALIVE = HttpHeaders.createOptimized("keep-alive");
  private static final CharSequence PROXY_CONNECTION =
      HttpHeaders.createOptimized("proxy-connection");
  private static final CharSequence PROXY_AUTHORIZATION =
      HttpHeaders.createOptimized("proxy-authorization");
  private static final CharSequence PROXY_AUTHENTICATE =
      HttpHeaders.createOptimized("proxy-authenticate");
  private static final CharSequence TE = HttpHeaders.createOptimized("te");
  private static final CharSequence UPGRADE = HttpHeaders.createOptimized("upgrade");
  private static final CharSequence SETTINGS = HttpHeaders.createOptimized("http2-settings");

  private static final String CLOSE = "close";
  private static final String TRAILERS = "trailers";
  private static final String FORWARDED_PREFIX = "x-forwarded-";

  static final Set<String> KEPT =
      Set.of(
          "authorization",
          "cache-control",
          "content-encoding",
          "content-length",
          "content-type",
          "cookie",
          "expect",
          "forwarded",
          "host",
          "set-cookie",
          "transfer-encoding",
          "via",
          "x-real-ip",
          "x-request-id");

  private HopByHop() {}

  /**
   * Cleans a request. An expectation is dropped with the rest when the client spoke HTTP/1.0, which
   * knows none and no {@code 100 Continue} (RFC 9110 section 10.1.1).
   *
   * @return whether the client asked to close the connection
   */
  public static boolean stripRequest(MultiMap headers, HttpVersion version) {
    if (version == HttpVersion.HTTP_1_0) {
      headers.remove(HttpHeaders.EXPECT);
    }
    boolean trailers = headers.contains(TE) && listsTrailers(headers.getAll(TE));
    boolean close = strip(headers);
    headers.remove(PROXY_AUTHORIZATION);
    headers.remove(SETTINGS);
    headers.remove(TE);
    if (trailers) {
      headers.add(TE, TRAILERS);
    }
    return close;
  }

  /** Cleans a response. */
  public static void stripResponse(MultiMap headers) {
    strip(headers);
    headers.remove(PROXY_AUTHENTICATE);
  }

  private static boolean listsTrailers(List<String> lines) {
    for (String line : lines) {
      for (String element : line.split(",")) {
        if (TRAILERS.equalsIgnoreCase(element.trim())) {
          return true;
        }
      }
    }
    return false;
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
      if (AsciiString.contentEqualsIgnoreCase(line, CLOSE)) {
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
      close |= name.equals(CLOSE);
      if (!name.isEmpty() && !KEPT.contains(name) && !name.startsWith(FORWARDED_PREFIX)) {
        headers.remove(name);
      }
    }
    return close;
  }
}
