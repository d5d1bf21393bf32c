package dev.weir.ingress;

import dev.weir.bus.Role;
import dev.weir.config.WeirConfig;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Exchange.BodyKind;
import dev.weir.exchange.ExchangeSender;
import dev.weir.exchange.Flag;
import dev.weir.exchange.LocalReply;
import dev.weir.ingress.filter.HopByHop;
import dev.weir.ingress.filter.MaxForwards;
import dev.weir.ingress.filter.RequestCheck;
import dev.weir.ingress.filter.RequestIds;
import dev.weir.ingress.filter.TrustedProxies;
import dev.weir.ingress.filter.Verdict;
import dev.weir.ingress.filter.Via;
import dev.weir.node.Node;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What happens to a request between its head and the balancer, under one configuration. One object for
 * each lane.
 */
final class Intake {

  private final ExchangeSender balancers;
  private final RequestIds ids;
  private final TrustedProxies trusted;
  private final boolean flagHeader;
  private final List<IngressRoute> routes;

  Intake(Vertx vertx, Node node, int lane, RequestIds ids, WeirConfig config) {
    this.balancers = new ExchangeSender(vertx, node.lanes(), Role.BALANCER, lane);
    this.ids = ids;
    this.trusted = new TrustedProxies(config.trustedProxies());
    this.flagHeader = config.replies().flagHeader();
    this.routes = config.routes().stream().map(IngressRoute::new).toList();
  }

  TrustedProxies trusted() {
    return trusted;
  }

  boolean flagHeader() {
    return flagHeader;
  }

  /** Takes a request in: sends it on its way, or answers it. */
  void accept(ClientStream stream) {
    ClientConnection connection = stream.connection();
    HttpServerRequest request = stream.request();
    Exchange exchange = stream.exchange();
    RequestCheck check = connection.check();
    Verdict verdict = check.check(request);
    if (verdict != null) {
      refuse(stream, flag(verdict), verdict.status(), verdict.reason());
      return;
    }
    MultiMap headers = request.headers();
    long limit = connection.config().maxRequestBytes();
    String id = ids.assign(headers);
    exchange.request(id, request.method(), check.target(), headers, check.body());
    exchange.bodyRules(limit, TimeUnit.MILLISECONDS.toNanos(connection.config().bodyTimeoutMillis()));
    exchange.closing(HopByHop.stripRequest(headers));
    exchange.clientAddress(connection.forwarded().apply(headers, check.host()));
    Via.add(headers, request.version());
    if (limit > 0 && check.length() > limit) {
      refuse(stream, Flag.PL, Flag.PL.status(), null);
    } else if (MaxForwards.endsHere(request.method(), headers)) {
      answer(stream, 204);
    } else {
      route(stream, exchange, headers, check);
    }
  }

  private static Flag flag(Verdict verdict) {
    return verdict.status() == 431 ? Flag.HL : Flag.BR;
  }

  private void route(
      ClientStream stream, Exchange exchange, MultiMap headers, RequestCheck check) {
    IngressRoute route = routes.get(0);
    stream.route(route);
    route.filterRequest(exchange, headers, check.host());
    if (check.body() != BodyKind.NONE) {
      stream.request().pause();
    }
    balancers.send(exchange);
  }

  /** Answers without a body, and without anything being wrong. */
  private static void answer(ClientStream stream, int status) {
    stream.exchange().status(status);
    stream.response().setStatusCode(status).end();
    stream.exchange().end();
  }

  /** Refuses what the decoder could not make a request of. */
  void refuse(ClientStream stream, Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      refuse(stream, Flag.HL, 414, "The request line is too long");
    } else if (cause instanceof TooLongHttpHeaderException) {
      refuse(stream, Flag.HL, Flag.HL.status(), null);
    } else {
      refuse(stream, Flag.BR, Flag.BR.status(), null);
    }
  }

  private void refuse(ClientStream stream, Flag flag, int status, String reason) {
    stream.exchange().closing(true);
    LocalReply.send(stream.exchange(), flag, status, reason);
  }

  void log(Exchange exchange) {}

  void logUnread(ClientConnection connection, int status) {}
}
