package dev.weir.ingress;

import dev.weir.accesslog.AccessLog;
import dev.weir.body.BodyRules;
import dev.weir.body.ContentKind;
import dev.weir.bus.Role;
import dev.weir.config.WeirConfig;
import dev.weir.exchange.ClientRequest;
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
import dev.weir.ingress.route.RouteTable;
import dev.weir.metrics.LaneMetrics;
import dev.weir.metrics.RouteMetrics;
import dev.weir.node.Node;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.util.concurrent.TimeUnit;

/**
 * What happens to a request between its head and the balancer, under one configuration. One object
 * for each lane.
 */
final class Intake {

  private final ExchangeSender balancers;
  private final RequestIds ids;
  private final LaneMetrics metrics;
  private final RouteMetrics noRoute;
  private final TrustedProxies trusted;
  private final AccessLog accessLog;
  private final boolean flagHeader;
  private final LaneRoutes routes;

  Intake(
      Vertx vertx,
      Node node,
      IngressLane lane,
      RequestIds ids,
      LaneRoutes routes,
      WeirConfig config) {
    this.metrics = lane.metrics();
    this.noRoute = metrics.noRoute();
    this.balancers = new ExchangeSender(vertx, node.lanes(), Role.BALANCER, lane.number());
    this.ids = ids;
    this.trusted = new TrustedProxies(config.trustedProxies());
    this.accessLog = node.accessLog();
    this.flagHeader = config.replies().flagHeader();
    this.routes = routes;
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
    ClientRequest request = stream.request();
    Exchange exchange = stream.exchange();
    RequestCheck check = connection.check();
    Verdict verdict = check.check(request);
    if (verdict != null) {
      refuse(stream, flag(verdict), verdict.status(), verdict.reason());
      return;
    }
    stream.host(check.host());
    MultiMap headers = request.headers();
    long limit = connection.config().maxRequestBytes();
    String id = ids.assign(headers);
    exchange.request(id, request.method(), check.target(), headers, check.body());
    long timeout = connection.config().bodyTimeoutMillis();
    exchange.bodyTimeoutNanos(TimeUnit.MILLISECONDS.toNanos(timeout));
    long window = connection.config().rateWindowMillis();
    exchange.rate(connection.config().minBytesPerSecond(), TimeUnit.MILLISECONDS.toNanos(window));
    exchange.closing(HopByHop.stripRequest(headers, request.version()) || exchange.closing());
    exchange.clientAddress(connection.forwarded().apply(headers, check.host(), check.claims()));
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

  private void route(ClientStream stream, Exchange exchange, MultiMap headers, RequestCheck check) {
    String target = check.target();
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    String host = stream.connection().hostOf(check.host());
    int found = routes.find(host, exchange.method().name(), path, stream);
    if (found < 0) {
      unrouted(stream, found, host, path);
      return;
    }
    IngressRoute route = routes.get(found);
    stream.route(route);
    route.metrics().begin();
    if (check.body() != BodyKind.NONE && !admitBody(stream, route.bodies(), check)) {
      return;
    }
    route.filterRequest(exchange, headers, check.host());
    exchange.target(route.rewrite(target, path));
    balancers.send(exchange);
  }

  /** Refuses a body whose head says enough for that; sets a guard over any other. */
  private boolean admitBody(ClientStream stream, BodyRules rules, RequestCheck check) {
    String type = check.contentType();
    ContentKind kind = ContentKind.of(type);
    long most = rules.maxBytes(kind, stream.connection().config().maxRequestBytes());
    if (most > 0 && check.length() > most) {
      refuse(stream, Flag.PL, Flag.PL.status(), null);
      return false;
    }
    boolean looks = rules.validates(kind, type);
    if (looks && check.isEncoded()) {
      refuse(stream, Flag.BI, 415, "A body with a Content-Encoding is not taken here");
      return false;
    }
    if (looks && !BodyRules.isCheckable(kind, type)) {
      refuse(stream, Flag.BI, Flag.BI.status(), "The Content-Type has no valid boundary");
      return false;
    }
    stream.exchange().guard(rules.guard(kind, type, most, check.length()));
    stream.request().pause();
    return true;
  }

  private void unrouted(ClientStream stream, int why, String host, String path) {
    int status = Flag.NR.status();
    String reason = null;
    if (why == RouteTable.METHOD_MISMATCH) {
      status = 405;
      reason = "This method is not served here";
      String allowed = String.join(", ", routes.allowed(host, path, stream));
      stream.response().headers().set(HttpHeaders.ALLOW, allowed);
    }
    LocalReply.send(stream.exchange(), Flag.NR, status, reason);
  }

  /** Answers without a body, and without anything being wrong. */
  private static void answer(ClientStream stream, int status) {
    stream.exchange().status(status);
    stream.persist(stream.exchange());
    stream.response().status(status);
    stream.response().end();
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

  /** Counts an exchange that is over, and writes its line if it is wanted. */
  void record(ClientStream stream) {
    Exchange exchange = stream.exchange();
    long nanos = System.nanoTime() - exchange.timing().start();
    count(stream, exchange, nanos);
    String flag = exchange.flag() == null ? null : exchange.flag().name();
    if (accessLog.wants(exchange.status(), flag)) {
      accessLog.offer(AccessLines.of(stream, flag, nanos));
    }
  }

  private void count(ClientStream stream, Exchange exchange, long nanos) {
    RouteMetrics route = stream.route() == null ? unrouted() : stream.route().metrics();
    long bytesIn = stream.request().bytesRead();
    route.end(exchange.status(), bytesIn, stream.response().bytesWritten(), nanos);
    if (exchange.flag() != null) {
      metrics.flag(exchange.flag());
    }
  }

  /** Where a request that was refused before it had a route is counted. */
  private RouteMetrics unrouted() {
    noRoute.begin();
    return noRoute;
  }

  /** Counts what never became a request, and writes its line if it is wanted. */
  void recordUnread(ClientConnection connection, Flag flag, int status) {
    metrics.flag(flag);
    if (accessLog.wants(status, flag.name())) {
      accessLog.offer(AccessLines.of(connection, flag, status));
    }
  }
}
