package dev.weir.ingress;

import dev.weir.body.BodyRules;
import dev.weir.config.BodiesConfig;
import dev.weir.config.RetryConfig;
import dev.weir.config.RouteConfig;
import dev.weir.exchange.Exchange;
import dev.weir.ingress.filter.HeaderEdits;
import dev.weir.ingress.filter.HopByHop;
import dev.weir.ingress.filter.HostHeader;
import dev.weir.ingress.filter.Via;
import dev.weir.ingress.route.PathRewrite;
import dev.weir.metrics.RouteMetrics;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;

/** A route with everything that its filters need, built when the configuration changes. */
final class IngressRoute {

  private final String id;
  private final String upstream;
  private final RetryConfig retry;
  private final RouteMetrics metrics;
  private final BodyRules bodies;
  private final HostHeader host;
  private final PathRewrite rewrite;
  private final HeaderEdits requestEdits;
  private final HeaderEdits responseEdits;

  /**
   * @param bodies the gateway's rules for bodies, where the route has none of its own
   */
  IngressRoute(RouteConfig config, BodiesConfig bodies, RouteMetrics metrics) {
    this.id = config.id();
    this.upstream = config.upstream().intern(); // One object for many routes: likely in a cache.
    this.retry = config.retry();
    this.metrics = metrics;
    this.bodies = new BodyRules(config.bodies().over(bodies));
    this.host = HostHeader.of(config.hostHeader());
    this.rewrite = PathRewrite.of(config);
    this.requestEdits = HeaderEdits.of(config.requestHeaders());
    this.responseEdits = HeaderEdits.of(config.responseHeaders());
  }

  RouteMetrics metrics() {
    return metrics;
  }

  /** What bodies of its requests may be. */
  BodyRules bodies() {
    return bodies;
  }

  /** Makes the request the route's: its fields, its Host, its upstream. */
  void filterRequest(Exchange exchange, MultiMap headers, String sentHost) {
    host.apply(headers, sentHost);
    requestEdits.apply(headers);
    // HTTP/1.1 demands a Host that an HTTP/1.0 client need not have sent.
    boolean none = sentHost == null && !headers.contains(HttpHeaders.HOST);
    boolean fromEndpoint = host.fromEndpoint() || none;
    exchange.route(id, upstream, fromEndpoint);
    exchange.retry(retry);
  }

  /** What the upstream sees in place of a target with that path; the query stays. */
  String rewrite(String target, String path) {
    if (rewrite == PathRewrite.NONE) {
      return target;
    }
    String changed = rewrite.apply(path);
    return path.length() == target.length() ? changed : changed + target.substring(path.length());
  }

  /** Makes the response the route's, as it came in {@code received}. */
  void filterResponse(MultiMap headers, HttpVersion received) {
    HopByHop.stripResponse(headers);
    Via.add(headers, received);
    responseEdits.apply(headers);
  }
}
