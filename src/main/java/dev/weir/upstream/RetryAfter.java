package dev.weir.upstream;

import io.netty.handler.codec.DateFormatter;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Date;
import java.util.concurrent.TimeUnit;

/** How long a response asks to be left alone (RFC 9110 section 10.2.3). */
final class RetryAfter {

  private static final CharSequence NAME = HttpHeaders.createOptimized("retry-after");

  private RetryAfter() {}

  /**
   * The wait in nanoseconds; 0 when there is none, or none that can be read. A date counts from the
   * response's own, so that no clock of the gateway has to agree with it.
   */
  static long nanos(MultiMap headers) {
    String value = headers.get(NAME);
    if (value == null) {
      return 0;
    }
    long seconds = Framing.contentLength(value); // Digits alone, as there.
    return seconds >= 0 ? TimeUnit.SECONDS.toNanos(seconds) : untilDate(value, headers);
  }

  private static long untilDate(String value, MultiMap headers) {
    String sent = headers.get(HttpHeaders.DATE);
    Date then = DateFormatter.parseHttpDate(value);
    Date now = sent == null ? null : DateFormatter.parseHttpDate(sent);
    if (then == null || now == null) {
      return 0;
    }
    return TimeUnit.MILLISECONDS.toNanos(Math.max(0, then.getTime() - now.getTime()));
  }
}
