package dev.weir.remote;

import dev.weir.config.RetryConfig;
import dev.weir.config.RouteConfig;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import java.util.HashMap;
import java.util.Map;

/** The rules for retries of this node's routes, where they have their own. */
final class RouteRetries {

  private final Node node;
  private final Map<String, RetryConfig> byRoute = new HashMap<>();
  private Snapshot snapshot;

  RouteRetries(Node node) {
    this.node = node;
  }

  /** Those of a route; {@code null} when it has none, or is not known here. */
  RetryConfig of(String route) {
    Snapshot current = node.snapshot();
    if (current != snapshot) {
      snapshot = current;
      byRoute.clear();
      for (RouteConfig each : current.config().routes()) {
        byRoute.put(each.id(), each.retry());
      }
    }
    return byRoute.get(route);
  }
}
