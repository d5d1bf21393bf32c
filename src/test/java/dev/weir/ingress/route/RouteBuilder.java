package dev.weir.ingress.route;

import dev.weir.config.BodiesConfig;
import dev.weir.config.HeaderRules;
import dev.weir.config.MatchConfig;
import dev.weir.config.RouteConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes routes for tests, from what matters to them. */
final class RouteBuilder {

  private List<String> hosts = List.of();
  private final String path;
  private List<String> methods = List.of();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, String> query = new LinkedHashMap<>();
  private int priority = RouteConfig.DEFAULT_PRIORITY;
  private String stripPrefix;
  private String rewrite;

  private RouteBuilder(String path) {
    this.path = path;
  }

  static RouteBuilder route(String path) {
    return new RouteBuilder(path);
  }

  /** Builds a table of some routes, in their order. */
  static RouteTable table(RouteBuilder... routes) {
    return RouteTable.of(Arrays.stream(routes).map(RouteBuilder::config).toList());
  }

  RouteBuilder hosts(String... hosts) {
    this.hosts = List.of(hosts);
    return this;
  }

  RouteBuilder methods(String... methods) {
    this.methods = List.of(methods);
    return this;
  }

  RouteBuilder header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  RouteBuilder query(String name, String value) {
    query.put(name, value);
    return this;
  }

  RouteBuilder priority(int priority) {
    this.priority = priority;
    return this;
  }

  RouteBuilder stripPrefix(String stripPrefix) {
    this.stripPrefix = stripPrefix;
    return this;
  }

  RouteBuilder rewrite(String rewrite) {
    this.rewrite = rewrite;
    return this;
  }

  RouteConfig config() {
    return new RouteConfig(
        "route",
        priority,
        new MatchConfig(hosts, path, methods, headers, query),
        "upstream",
        stripPrefix,
        rewrite,
        RouteConfig.DEFAULT_HOST_HEADER,
        HeaderRules.NONE,
        HeaderRules.NONE,
        BodiesConfig.INHERITED,
        null);
  }

  @Override
  public String toString() {
    return config().match() + " priority " + priority;
  }
}
