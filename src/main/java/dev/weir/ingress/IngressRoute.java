package dev.weir.ingress;

import dev.weir.config.RouteConfig;
import dev.weir.exchange.Exchange;
import io.vertx.core.MultiMap;

/** A route with everything that its filters need, built when the configuration changes. */
final class IngressRoute {

  private final RouteConfig config;

  IngressRoute(RouteConfig config) {
    this.config = config;
  }

  RouteConfig config() {
    return config;
  }

  void filterResponse(Exchange exchange, MultiMap headers) {
    headers.remove("connection").remove("keep-alive").remove("transfer-encoding");
  }
}
