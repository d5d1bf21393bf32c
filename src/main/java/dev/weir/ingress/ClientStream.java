package dev.weir.ingress;

import dev.weir.exchange.Downstream;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.QueryString;
import dev.weir.ingress.route.RequestFacts;
import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;

/** One request of a client and the response to it: the client's side of one exchange. */
final class ClientStream implements Downstream, RequestFacts {

  private static final CharSequence FLAG = HttpHeaders.createOptimized("weir-flag");

  private final ClientConnection connection;
  private final IncomingRequest request;
  private final OutgoingResponse response;
  private final Exchange exchange;
  private IngressRoute route;
  private String host;
  private volatile boolean cut;

  ClientStream(ClientConnection connection, IncomingRequest request) {
    this.connection = connection;
    this.request = request;
    this.response = request.response();
    this.exchange = new Exchange(this, System.nanoTime());
  }

  Exchange exchange() {
    return exchange;
  }

  ClientConnection connection() {
    return connection;
  }

  IngressRoute route() {
    return route;
  }

  /** The authority that the client named; {@code null} when it named none or none was read. */
  String host() {
    return host;
  }

  void host(String host) {
    this.host = host;
  }

  void route(IngressRoute route) {
    this.route = route;
  }

  @Override
  public EventLoop loop() {
    return connection.loop();
  }

  @Override
  public IncomingRequest request() {
    return request;
  }

  @Override
  public OutgoingResponse response() {
    return response;
  }

  @Override
  public String header(String name) {
    return request.headers().get(name);
  }

  @Override
  public String query(String name) {
    return QueryString.first(request.uri(), name);
  }

  @Override
  public void filterResponse(Exchange exchange, HttpVersion received) {
    route.filterResponse(response.headers(), received);
    if (exchange.affinity() != null) {
      response.headers().add(HttpHeaders.SET_COOKIE, exchange.affinity());
    }
    persist(exchange);
  }

  @Override
  public void filterReply(Exchange exchange) {
    if (connection.flagHeader()) {
      response.headers().set(FLAG, exchange.flag().name());
    }
    persist(exchange);
  }

  /** Says in the response that it is the last on its connection, if it is. */
  void persist(Exchange exchange) {
    if (exchange.closing() || connection.drained()) {
      exchange.closing(true);
      connection.announceClose();
      response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  @Override
  public void cut() {
    cut = true;
    connection.cut();
  }

  /** Whether the connection was closed because the response could not be finished. */
  boolean isCut() {
    return cut;
  }

  @Override
  public void ended(Exchange exchange) {
    if (loop().inEventLoop()) {
      connection.ended(this);
    } else {
      loop().execute(() -> connection.ended(this));
    }
  }
}
