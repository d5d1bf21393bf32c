package dev.weir.balancer;

import dev.weir.exchange.Exchange;
import java.util.function.LongSupplier;

/**
 * The time at which the request in hand was received: on the path of a request that is near enough,
 * and costs nothing. Used by one thread.
 */
final class RequestClock implements LongSupplier {

  private long now = System.nanoTime();

  void set(Exchange exchange) {
    now = exchange.timing().start();
  }

  @Override
  public long getAsLong() {
    return now;
  }
}
