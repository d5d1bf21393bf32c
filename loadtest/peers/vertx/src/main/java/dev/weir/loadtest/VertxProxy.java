package dev.weir.loadtest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.transport.Transport;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.stream.Stream;

/**
 * vertx-http-proxy as a peer of the load test: one event loop, connections to the service kept,
 * round robin over its endpoints. Arguments: its own port, the port of each endpoint. It runs on
 * what Vert.x prefers of the native transports, or with {@code -Dtransport=io_uring} on that one.
 */
public final class VertxProxy {

  private static final int POOL_SIZE = 1024;
  private static final int BACKLOG = 4096;

  private final SocketAddress[] endpoints;
  private int next;

  private VertxProxy(SocketAddress[] endpoints) {
    this.endpoints = endpoints;
  }

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    VertxProxy proxy = new VertxProxy(endpoints(args));
    Transport transport = transport();
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(1))
            .withTransport(transport)
            .build();
    vertx
        .createHttpServer(new HttpServerOptions().setAcceptBacklog(BACKLOG))
        .requestHandler(proxy.handler(vertx))
        .listen(port, "127.0.0.1")
        .onSuccess(server -> System.out.println("transport: " + transport.name()))
        .onFailure(VertxProxy::die);
  }

  private static SocketAddress[] endpoints(String[] args) {
    return Stream.of(args)
        .skip(1)
        .map(port -> SocketAddress.inetSocketAddress(Integer.parseInt(port), "127.0.0.1"))
        .toArray(SocketAddress[]::new);
  }

  private static Transport transport() {
    if ("io_uring".equals(System.getProperty("transport"))) {
      return Transport.IO_URING;
    }
    Transport preferred = Transport.nativeTransport();
    return preferred != null && preferred.available() ? preferred : Transport.NIO;
  }

  private static void die(Throwable cause) {
    cause.printStackTrace();
    System.exit(1);
  }

  private HttpProxy handler(Vertx vertx) {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAliveTimeout(0),
            new PoolOptions().setHttp1MaxSize(POOL_SIZE));
    HttpProxy proxy = HttpProxy.reverseProxy(client);
    proxy.origin(context -> client.request(new RequestOptions().setServer(turn())));
    return proxy.addInterceptor(new Forwarded());
  }

  private SocketAddress turn() {
    next = next + 1 == endpoints.length ? 0 : next + 1;
    return endpoints[next];
  }

  /** What the other proxies tell the service about the client. */
  private static final class Forwarded implements ProxyInterceptor {

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      ProxyRequest request = context.request();
      HttpServerRequest client = request.proxiedRequest();
      request.setAuthority(client.authority());
      request.putHeader("x-forwarded-for", client.remoteAddress().hostAddress());
      request.putHeader("x-forwarded-proto", "http");
      request.putHeader("x-forwarded-host", client.authority().toString());
      request.putHeader("x-forwarded-port", Integer.toString(client.localAddress().port()));
      return context.sendRequest();
    }
  }
}
