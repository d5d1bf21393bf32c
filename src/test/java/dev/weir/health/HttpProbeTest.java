package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against real sockets on the loopback interface. */
@ExtendWith(VertxExtension.class)
class HttpProbeTest {
  private static final String HOST = "127.0.0.1";

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  private static int server(Vertx vertx, Handler<HttpServerRequest> handler) throws Exception {
    return await(vertx.createHttpServer().requestHandler(handler).listen(0, HOST)).actualPort();
  }

  private static int sockets(Vertx vertx, Handler<NetSocket> handler) throws Exception {
    return await(vertx.createNetServer().connectHandler(handler).listen(0, HOST)).actualPort();
  }

  private static HttpProbe probe(Vertx vertx, int port, Integer... expectedStatuses) {
    JsonArray expected = new JsonArray(List.of(expectedStatuses));
    ActiveHealthConfig config = Configs.of("path", "/up?deep=1", "expectedStatuses", expected);
    return Configs.http(vertx, new EndpointConfig(HOST, port, 1), config);
  }

  /** Runs a probe on an event loop, as the verticle does. */
  private static void run(Vertx vertx, Probe probe) throws Exception {
    await(vertx.timer(1).compose(tick -> probe.run()));
  }

  @ParameterizedTest
  @CsvSource({"200", "204", "301", "399"})
  void statusFrom200To399_isASuccess(int status, Vertx vertx) throws Exception {
    int port = server(vertx, request -> request.response().setStatusCode(status).end());
    run(vertx, probe(vertx, port));
  }

  @ParameterizedTest
  @CsvSource({"429, false, true", "200, true, true", "200, false, false"})
  void endpoint_saysThatItIsDegraded(int status, boolean header, boolean degraded, Vertx vertx)
      throws Exception {
    int port =
        server(
            vertx,
            request -> {
              if (header) {
                request.response().putHeader("x-envoy-degraded", "");
              }
              request.response().setStatusCode(status).end();
            });
    ActiveHealthConfig config = Configs.of("degradedStatuses", new JsonArray().add(429));
    Probe probe = Configs.http(vertx, new EndpointConfig(HOST, port, 1), config);
    Boolean found = await(vertx.timer(1).compose(tick -> probe.run()));
    assertThat(found).isEqualTo(degraded);
  }

  @ParameterizedTest
  @CsvSource({"199", "400", "404", "500", "503"})
  void anyOtherStatus_isAFailure(int status, Vertx vertx) throws Exception {
    int port = server(vertx, request -> request.response().setStatusCode(status).end());
    assertThatThrownBy(() -> run(vertx, probe(vertx, port)))
        .hasMessage("status " + status + " (expected: 200 to 399)");
  }

  @Test
  void expectedStatuses_replaceTheRange(Vertx vertx) throws Exception {
    AtomicInteger status = new AtomicInteger(404);
    int port = server(vertx, r -> r.response().setStatusCode(status.get()).end());
    HttpProbe probe = probe(vertx, port, 404, 503);
    run(vertx, probe);
    status.set(200);
    assertThatThrownBy(() -> run(vertx, probe)).hasMessage("status 200 (expected: [404, 503])");
  }

  @Test
  void request_isAPlainGetOfThePath(Vertx vertx) throws Exception {
    StringBuffer seen = new StringBuffer();
    int port =
        server(
            vertx,
            request -> {
              seen.append(request.method()).append(' ').append(request.uri());
              seen.append(' ').append(request.getHeader("user-agent"));
              seen.append(' ').append(request.getHeader("host"));
              request.response().end();
            });
    run(vertx, probe(vertx, port));
    assertThat(seen).hasToString("GET /up?deep=1 weir-health 127.0.0.1:" + port);
  }

  @Test
  void redirect_isNotFollowed(Vertx vertx) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    int port =
        server(
            vertx,
            request -> {
              requests.incrementAndGet();
              request.response().setStatusCode(302).putHeader("location", "/other").end();
            });
    run(vertx, probe(vertx, port));
    assertThat(requests).hasValue(1);
  }

  @Test
  void connection_isKeptBetweenRuns(Vertx vertx) throws Exception {
    Set<Object> connections = ConcurrentHashMap.newKeySet();
    int port =
        server(
            vertx,
            request -> {
              connections.add(request.connection());
              request.response().end("x".repeat(100_000));
            });
    HttpProbe probe = probe(vertx, port);
    for (int i = 0; i < 5; i++) {
      run(vertx, probe);
    }
    assertThat(connections).hasSize(1);
  }

  @Test
  void keptConnectionThatTheEndpointDrops_isTriedAnewAndFreshOneIsNot(Vertx vertx)
      throws Exception {
    AtomicInteger connections = new AtomicInteger();
    AtomicInteger requests = new AtomicInteger();
    int port =
        sockets(
            vertx,
            socket -> {
              int number = connections.incrementAndGet();
              AtomicInteger served = new AtomicInteger();
              socket.handler(
                  head -> {
                    requests.incrementAndGet();
                    if (served.incrementAndGet() > 1 || number > 2) {
                      socket.close();
                    } else {
                      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    }
                  });
            });
    HttpProbe probe = probe(vertx, port);
    run(vertx, probe);
    run(vertx, probe);
    assertThat(requests).as("the second on the kept connection, then a new one").hasValue(3);
    assertThatThrownBy(() -> run(vertx, probe)).hasMessageContaining("closed");
    assertThatThrownBy(() -> run(vertx, probe)).hasMessageContaining("closed");
    assertThat(requests).as("the last one was not repeated").hasValue(6);
  }

  @Test
  void refused_isAFailureThatSaysSo(Vertx vertx) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(() -> run(vertx, probe(vertx, port))).hasMessageContaining("refused");
  }

  @Test
  void notHttp_isAFailure(Vertx vertx) throws Exception {
    int port = sockets(vertx, socket -> socket.handler(head -> socket.end(head)));
    assertThatThrownBy(() -> run(vertx, probe(vertx, port))).isInstanceOf(Exception.class);
  }

  @Test
  void cancel_closesTheConnectionWhoseResponseNeverEnds(Vertx vertx) throws Exception {
    Promise<Void> headSent = Promise.promise();
    Promise<Void> dropped = Promise.promise();
    int port =
        server(
            vertx,
            request -> {
              request.connection().closeHandler(dropped::complete);
              request.response().setChunked(true).write("some").onComplete(headSent);
            });
    HttpProbe probe = probe(vertx, port);
    Future<Boolean> run = vertx.timer(1).compose(tick -> probe.run());
    await(headSent.future());
    assertThat(run.isComplete()).isFalse();
    await(vertx.timer(1).onSuccess(tick -> probe.cancel()));
    await(dropped.future());
    assertThatThrownBy(() -> await(run)).isInstanceOf(HttpClosedException.class);
  }

  private static void run(Vertx vertx, int port, Object... config) throws Exception {
    run(vertx, Configs.http(vertx, new EndpointConfig(HOST, port, 1), Configs.of(config)));
  }

  @Test
  void request_isAsConfigured(Vertx vertx) throws Exception {
    int port =
        server(
            vertx,
            request -> {
              boolean right =
                  request.method().name().equals("OPTIONS")
                      && request.authority().host().equals("orders.test")
                      && "probe".equals(request.getHeader("x-token"));
              request.response().setStatusCode(right ? 204 : 400).end();
            });
    JsonObject headers = new JsonObject().put("Host", "orders.test").put("x-token", "probe");
    run(vertx, port, "method", "OPTIONS", "headers", headers);
    assertThatThrownBy(() -> run(vertx, port, "method", "OPTIONS")).hasMessageContaining("400");
  }

  @Test
  void body_mustHoldWhatIsExpectedNearItsStart(Vertx vertx) throws Exception {
    int near =
        server(
            vertx,
            request -> request.response().end("x".repeat(60_000) + "UP" + "y".repeat(99_999)));
    run(vertx, near, "bodyContains", "UP");
    assertThatThrownBy(() -> run(vertx, near, "bodyContains", "DOWN")).hasMessageContaining("DOWN");
    int far = server(vertx, request -> request.response().end("x".repeat(70_000) + "UP"));
    assertThatThrownBy(() -> run(vertx, far, "bodyContains", "UP")).hasMessageContaining("UP");
  }
}
