package dev.weir.balancer;

import dev.weir.exchange.Exchange;
import dev.weir.metrics.BalancerMetrics;
import dev.weir.node.Endpoint;
import java.util.SplittableRandom;

/** A second policy that decides on every exchange too, and gets none. */
final class Shadow {

  private final Choice choice;
  private final RequestKey keys;
  private final BalancerMetrics metrics;

  Shadow(Choice choice, RequestKey keys, BalancerMetrics metrics) {
    this.choice = choice;
    this.keys = keys;
    this.metrics = metrics;
  }

  /** What it decides by. */
  Choice choice() {
    return choice;
  }

  /**
   * Decides, and counts the exchange where it would have gone.
   *
   * @param picked where it goes
   * @param bound whether no policy had a say in that
   */
  void follow(Exchange exchange, Endpoint picked, boolean bound, SplittableRandom random) {
    Endpoint own = bound ? picked : choice.pick(exchange, keys.of(exchange, random));
    if (own != null) {
      if (!bound) {
        metrics.shadow(own == picked);
      }
      exchange.shadow(own.load().shadow());
    }
  }
}
