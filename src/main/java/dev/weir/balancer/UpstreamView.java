package dev.weir.balancer;

import dev.weir.balancer.policy.Members;
import dev.weir.balancer.policy.Policies;
import dev.weir.balancer.policy.Selector;
import dev.weir.balancer.policy.Setting;
import dev.weir.config.BalancerConfig;
import dev.weir.exchange.Exchange;
import dev.weir.node.Endpoint;
import dev.weir.node.Load;
import dev.weir.node.Upstream;
import java.util.List;

/**
 * What one lane knows of an upstream: the endpoints that may be used, and the selector over them.
 * Replaced whole on every change.
 */
final class UpstreamView {

  private final Endpoint[] usable;
  private final Selector selector;

  UpstreamView(Upstream upstream, Setting setting) {
    List<Endpoint> endpoints = upstream.endpoints().stream().filter(Endpoint::usable).toList();
    usable = endpoints.toArray(Endpoint[]::new);
    Members members =
        new Members(
            endpoints.stream().map(Endpoint::id).toArray(String[]::new),
            endpoints.stream().mapToInt(Endpoint::weight).toArray(),
            endpoints.stream().map(Endpoint::load).toArray(Load[]::new));
    BalancerConfig config = upstream.config().balancer();
    selector =
        usable.length == 0
            ? key -> Selector.NONE
            : Policies.of(config.ownPolicy(), config).selector(members, setting);
  }

  /** The endpoint for the next attempt of an exchange; {@code null} when none may be used. */
  Endpoint pick(Exchange exchange) {
    int choice = selector.select(0);
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
