package dev.weir.ingress;

import dev.weir.config.BodiesConfig;
import dev.weir.config.RouteConfig;
import dev.weir.config.WeirConfig;
import dev.weir.ingress.route.RequestFacts;
import dev.weir.ingress.route.RouteTable;
import dev.weir.metrics.LaneMetrics;
import java.util.List;

/**
 * The routes of one lane with everything that their filters need, kept in step with the
 * configuration: a route that stays keeps its object. Only for the lane's event loop.
 */
final class LaneRoutes {

  private final LaneMetrics metrics;
  private final RouteTable table = RouteTable.of(List.of());
  private List<RouteConfig> configs = List.of();
  private BodiesConfig bodies;
  private IngressRoute[] routes = {}; // By number.

  LaneRoutes(LaneMetrics metrics) {
    this.metrics = metrics;
  }

  /** Takes the configuration that is in force. */
  void follow(WeirConfig config) {
    boolean everyBody = bodies != config.bodies();
    bodies = config.bodies();
    if (configs != config.routes()) {
      configs = config.routes();
      int[] changed = table.update(configs);
      keep();
      build(everyBody ? table.numbers() : changed);
    } else if (everyBody) {
      build(table.numbers());
    }
  }

  /** Leaves those out that have gone. */
  private void keep() {
    IngressRoute[] before = routes;
    routes = new IngressRoute[table.bound()];
    for (int number : table.numbers()) {
      routes[number] = number < before.length ? before[number] : null;
    }
  }

  private void build(int[] numbers) {
    for (int number : numbers) {
      RouteConfig config = table.route(number);
      routes[number] = new IngressRoute(config, bodies, metrics.route(config.id()));
    }
  }

  /** What {@link RouteTable#find} returns. */
  int find(String host, String method, String path, RequestFacts facts) {
    return table.find(host, method, path, facts);
  }

  /** What {@link RouteTable#allowed} returns. */
  List<String> allowed(String host, String path, RequestFacts facts) {
    return table.allowed(host, path, facts);
  }

  /** The route of a number that {@link #find} has returned. */
  IngressRoute get(int number) {
    return routes[number];
  }
}
