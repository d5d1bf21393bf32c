package dev.weir.ingress;

import dev.weir.bus.Role;
import dev.weir.config.WeirConfig;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.ExchangeSender;
import dev.weir.exchange.Flag;
import dev.weir.exchange.LocalReply;
import dev.weir.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** What happens to a request between its head and the balancer, under one configuration. */
final class Intake {

  private final ExchangeSender balancers;
  private final IngressRoute route;

  Intake(Vertx vertx, Node node, int lane, WeirConfig config) {
    this.balancers = new ExchangeSender(vertx, node.lanes(), Role.BALANCER, lane);
    this.route = new IngressRoute(config.routes().get(0));
  }

  void accept(ClientStream stream) {
    Exchange exchange = stream.exchange();
    HttpServerRequest request = stream.request();
    stream.route(route);
    boolean body = request.headers().contains("content-length");
    exchange.request(
        "id",
        request.method(),
        request.uri(),
        request.headers(),
        body ? Exchange.BodyKind.SIZED : Exchange.BodyKind.NONE);
    exchange.route(route.config().id(), route.config().upstream(), false);
    if (body) {
      request.pause();
    }
    balancers.send(exchange);
  }

  void refuse(ClientStream stream, Throwable cause) {
    stream.exchange().closing(true);
    LocalReply.send(stream.exchange(), Flag.BR, null);
  }

  void log(Exchange exchange) {}

  void logTooSlow(ClientConnection connection) {}
}
