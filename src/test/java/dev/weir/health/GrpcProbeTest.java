package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.junit5.VertxExtension;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class GrpcProbeTest {
  private static final String HOST = "127.0.0.1";

  private final AtomicReference<Buffer> asked = new AtomicReference<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Object> open = ConcurrentHashMap.newKeySet();

  /** A server that answers with a message and a status behind it, as gRPC does. */
  private int server(Vertx vertx, String status, int... message) throws Exception {
    return await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .body()
                            .onSuccess(
                                body -> {
                                  asked.set(body);
                                  answer(request, status, message);
                                }))
                .listen(0, HOST))
        .actualPort();
  }

  private static void answer(HttpServerRequest request, String status, int... message) {
    HttpServerResponse response = request.response();
    boolean right =
        request.path().equals("/grpc.health.v1.Health/Check")
            && request.method().name().equals("POST")
            && "application/grpc".equals(request.getHeader("content-type"))
            && "trailers".equals(request.getHeader("te"));
    if (!right) {
      response.setStatusCode(400).end();
      return;
    }
    response.putHeader("content-type", "application/grpc");
    Buffer frame = Buffer.buffer().appendByte((byte) 0).appendInt(message.length);
    for (int each : message) {
      frame.appendByte((byte) each);
    }
    response.putTrailer("grpc-status", status);
    response.end(message.length == 0 ? Buffer.buffer() : frame);
  }

  private static void run(Vertx vertx, int port, Object... config) throws Exception {
    GrpcProbe probe = probe(vertx, port, config);
    run(vertx, probe);
    probe.close();
  }

  private static GrpcProbe probe(Vertx vertx, int port, Object... config) {
    return Configs.grpc(vertx, new EndpointConfig(HOST, port, 1), Configs.of(config));
  }

  /** Runs a probe on an event loop, as the verticle does. */
  private static void run(Vertx vertx, Probe probe) throws Exception {
    await(vertx.timer(1).compose(tick -> probe.run()));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  @Test
  void serving_isASuccess(Vertx vertx) throws Exception {
    run(vertx, server(vertx, "0", 0x08, 1));
    assertThat(asked.get().getBytes()).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void service_isAskedFor(Vertx vertx) throws Exception {
    run(vertx, server(vertx, "0", 0x08, 1), "service", "ab");
    assertThat(asked.get().getBytes()).containsExactly(0, 0, 0, 0, 4, 0x0A, 2, 'a', 'b');
    run(vertx, server(vertx, "0", 0x08, 1), "service", "s".repeat(200));
    assertThat(asked.get().getBytes(5, 8)).containsExactly(0x0A, (byte) 0xC8, 1);
  }

  @Test
  void anythingElse_isAFailureThatSaysWhat(Vertx vertx) throws Exception {
    int notServing = server(vertx, "0", 0x08, 2);
    assertThatThrownBy(() -> run(vertx, notServing)).hasMessageContaining("state 2");
    int unknown = server(vertx, "0");
    assertThatThrownBy(() -> run(vertx, unknown)).hasMessageContaining("state 0");
    int noSuchService = server(vertx, "5");
    assertThatThrownBy(() -> run(vertx, noSuchService)).hasMessageContaining("grpc-status 5");
  }

  /** A server that answers unless it is to say nothing, and notes who is connected. */
  private int moody(Vertx vertx, AtomicBoolean silent, Promise<Void> wasAsked) throws Exception {
    return await(
            vertx
                .createHttpServer()
                .connectionHandler(
                    connection -> {
                      accepted.incrementAndGet();
                      open.add(connection);
                      connection.closeHandler(closed -> open.remove(connection));
                    })
                .requestHandler(
                    request -> {
                      wasAsked.tryComplete();
                      if (!silent.get()) {
                        answer(request, "0", 0x08, 1);
                      }
                    })
                .listen(0, HOST))
        .actualPort();
  }

  @Test
  void connection_isKeptBetweenRuns(Vertx vertx) throws Exception {
    Probe probe = probe(vertx, moody(vertx, new AtomicBoolean(), Promise.promise()));
    for (int i = 0; i < 5; i++) {
      run(vertx, probe);
    }
    assertThat(accepted).hasValue(1);
    await(vertx.timer(1).onSuccess(tick -> probe.close()));
    awaitNoConnection(vertx);
  }

  /** A network that swallows everything says nothing either: the next run needs another one. */
  @Test
  void cancel_closesTheConnectionThatDoesNotAnswer(Vertx vertx) throws Exception {
    AtomicBoolean silent = new AtomicBoolean(true);
    Promise<Void> wasAsked = Promise.promise();
    Probe probe = probe(vertx, moody(vertx, silent, wasAsked));
    Future<Boolean> run = vertx.timer(1).compose(tick -> probe.run());
    await(wasAsked.future());
    assertThat(run.isComplete()).isFalse();
    await(vertx.timer(1).onSuccess(tick -> probe.cancel()));
    awaitNoConnection(vertx);
    assertThatThrownBy(() -> await(run)).isInstanceOf(HttpClosedException.class);
    silent.set(false);
    run(vertx, probe);
    assertThat(accepted).hasValue(2);
  }

  private void awaitNoConnection(Vertx vertx) throws Exception {
    for (int i = 0; i < 10_000 && !open.isEmpty(); i++) {
      await(vertx.timer(1));
    }
    assertThat(open).isEmpty();
  }
}
