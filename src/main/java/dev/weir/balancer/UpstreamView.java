package dev.weir.balancer;

import dev.weir.balancer.policy.Policy;
import dev.weir.balancer.policy.Selector;
import dev.weir.exchange.Exchange;
import dev.weir.node.Endpoint;
import dev.weir.node.Upstream;
import java.util.List;

/**
 * What one lane knows of an upstream: the endpoints that may be used, and the selector over them.
 * Replaced whole on every change.
 */
final class UpstreamView {

  private final Endpoint[] usable;
  private final Selector selector;

  UpstreamView(Upstream upstream, int offset) {
    List<Endpoint> endpoints = upstream.endpoints().stream().filter(Endpoint::usable).toList();
    usable = endpoints.toArray(Endpoint[]::new);
    int[] weights = endpoints.stream().mapToInt(Endpoint::weight).toArray();
    selector = Policy.ALL.get(upstream.config().balancer().policy()).selector(weights, offset);
  }

  /** The endpoint for the next attempt of an exchange; {@code null} when none may be used. */
  Endpoint pick(Exchange exchange) {
    int choice = selector.next();
    if (choice == Selector.NONE) {
      return null;
    }
    return exchange.retried() ? untried(exchange, choice) : usable[choice];
  }

  /** The first endpoint from {@code start} on that the exchange has not tried. */
  private Endpoint untried(Exchange exchange, int start) {
    for (int i = 0; i < usable.length; i++) {
      Endpoint endpoint = usable[(start + i) % usable.length];
      if (!exchange.tried(endpoint)) {
        return endpoint;
      }
    }
    return null;
  }
}
