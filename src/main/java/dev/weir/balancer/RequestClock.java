package dev.weir.balancer;

import dev.weir.exchange.Exchange;
import java.util.function.LongSupplier;

/**
 * The time of the exchange in hand: for its first attempt that at which the request was received,
 * which is near enough and costs nothing. Used by one thread.
 */
final class RequestClock implements LongSupplier {

  private long now = System.nanoTime();

  void set(Exchange exchange) {
    now = exchange.attempts() == 0 ? exchange.timing().start() : System.nanoTime();
  }

  @Override
  public long getAsLong() {
    return now;
  }
}
