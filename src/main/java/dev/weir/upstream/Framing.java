package dev.weir.upstream;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What HTTP says about messages and connections (RFC 9112 sections 6 and 9, RFC 9110 section 9).
 */
final class Framing {

  private static final String TIMEOUT = "timeout=";

  private static final int MAX_DIGITS = 9;

  private static final long REFUSED_STREAM = 0x7;

  private Framing() {}

  /** Whether the connection may carry another request after this response. */
  static boolean persists(ResponseHead head) {
    String connection = head.fields().get(HttpHeaders.CONNECTION);
    if (head.version() == HttpVersion.HTTP_1_0) {
      return connection != null && AsciiString.containsIgnoreCase(connection, "keep-alive");
    }
    return connection == null || !AsciiString.containsIgnoreCase(connection, "close");
  }

  /** Whether a stream ended because the server did not begin with it (RFC 9113 section 8.7). */
  static boolean isRefused(Throwable failure) {
    return failure instanceof StreamResetException reset && reset.getCode() == REFUSED_STREAM;
  }

  /** Whether a response has no body whatever its fields say. */
  static boolean isBodiless(HttpMethod method, int status) {
    return method == HttpMethod.HEAD || status == 204 || status == 304;
  }

  /**
   * Whether the body is not coded for the transfer, or just chunked. What undoes no other coding
   * must not pass it on: the field that tells of it ends here.
   */
  static boolean isCodingKnown(MultiMap headers) {
    String coding = headers.get(HttpHeaders.TRANSFER_ENCODING);
    return coding == null
        || AsciiString.contentEqualsIgnoreCase(coding, HttpHeaders.CHUNKED)
            && headers.getAll(HttpHeaders.TRANSFER_ENCODING).size() == 1;
  }

  /**
   * The value of {@code Content-Length}.
   *
   * @return -1 when there is none, -2 when it is not a number
   */
  static long contentLength(String value) {
    if (value == null) {
      return -1;
    }
    int length = value.length();
    if (length == 0 || length > 18) {
      return -2;
    }
    long result = 0;
    for (int i = 0; i < length; i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -2;
      }
      result = result * 10 + digit;
    }
    return result;
  }

  /**
   * For how long a connection may stay idle when its server closes it after the {@code timeout} of
   * {@code Keep-Alive}: a second less than that, or half of it when that is more, because the
   * server's word that it is closed may be under way.
   *
   * @return nanoseconds; 0 when there is no timeout
   */
  static long idleNanos(String keepAlive) {
    int start = keepAlive.toLowerCase(Locale.ROOT).indexOf(TIMEOUT);
    long seconds = 0;
    int from = start + TIMEOUT.length();
    for (int i = from; start >= 0 && i < Math.min(keepAlive.length(), from + MAX_DIGITS); i++) {
      int digit = keepAlive.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      seconds = seconds * 10 + digit;
    }
    long nanos = TimeUnit.SECONDS.toNanos(seconds);
    return Math.max(nanos - TimeUnit.SECONDS.toNanos(1), nanos / 2);
  }

  /** Whether repeating a request does no more than sending it once. */
  static boolean isIdempotent(HttpMethod method) {
    return method == HttpMethod.GET
        || method == HttpMethod.HEAD
        || method == HttpMethod.OPTIONS
        || method == HttpMethod.PUT
        || method == HttpMethod.DELETE;
  }
}
