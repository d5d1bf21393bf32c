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
   * @return whether it has another upstream now, and no answer
   */
  static boolean answer(Exchange exchange, Guard guard) {
    FallbackConfig fallback = guard.fallback();
    if (fallback == null) {
      long now = exchange.timing().start();
      LocalReply.retryAfter(exchange, Flag.CB, guard.retryAfterSeconds(now));
    } else if (fallback.upstream() == null) {
      Buffer body = Buffer.buffer(fallback.body());
      LocalReply.standIn(exchange, Flag.CB, fallback.status(), fallback.contentType(), body);
    } else {
      exchange.divert(fallback.upstream());
      return true;
    }
    return false;
  }
}
