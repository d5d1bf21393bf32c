package dev.weir.balancer;

import dev.weir.config.FallbackConfig;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Flag;
import dev.weir.exchange.LocalReply;
import dev.weir.protection.Guard;
import io.vertx.core.buffer.Buffer;

/** What is done with an exchange whose upstream is left alone. */
final class Refusals {

  private Refusals() {}

  /**
   * Answers the exchange, or sends it to another upstream.
   *
   * @param now the time in nanoseconds
   * @return whether it has another upstream now, and no answer
   */
  static boolean answer(Exchange exchange, Guard guard, long now) {
    FallbackConfig fallback = guard.fallback();
    if (fallback == null) {
      LocalReply.retryAfter(exchange, Flag.CB, guard.retryAfterSeconds(now));
    } else if (fallback.upstream() == null) {
      Buffer body = Buffer.buffer(fallback.body());
      LocalReply.standIn(exchange, Flag.CB, fallback.status(), fallback.contentType(), body);
    } else {
      exchange.flag(Flag.UH); // For when there is no endpoint either.
      exchange.divert(fallback.upstream());
      return true;
    }
    return false;
  }
}
