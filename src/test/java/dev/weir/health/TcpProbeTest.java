package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class TcpProbeTest {
  private static final String HOST = "127.0.0.1";

  private static void run(Vertx vertx, String host, int port, Object... config) throws Exception {
    EndpointConfig endpoint = new EndpointConfig(host, port, 1);
    TcpProbe probe = new TcpProbe(vertx.createNetClient(), endpoint, Configs.of(config));
    await(vertx.timer(1).compose(tick -> probe.run()));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  @Test
  void accepted_isASuccessAndTheConnectionIsClosed(Vertx vertx) throws Exception {
    Promise<Void> closed = Promise.promise();
    int port =
        await(
                vertx
                    .createNetServer()
                    .connectHandler(socket -> socket.closeHandler(closed::complete))
                    .listen(0, HOST))
            .actualPort();
    run(vertx, HOST, port);
    await(closed.future());
  }

  @Test
  void refused_isAFailureThatSaysSo(Vertx vertx) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(() -> run(vertx, HOST, port)).hasMessageContaining("refused");
  }

  @Test
  void unknownHost_isAFailureThatNamesIt(Vertx vertx) {
    assertThatThrownBy(() -> run(vertx, "no-such-host.invalid", 80))
        .hasMessageContaining("no-such-host.invalid");
  }

  /** A server that greets, and answers PING with two pieces. */
  private static int talking(Vertx vertx) throws Exception {
    return await(
            vertx
                .createNetServer()
                .connectHandler(
                    socket -> {
                      socket.write("HELLO");
                      socket.handler(
                          data -> {
                            socket.write(data.toString().equals("PING\r\n") ? "PO" : "WH");
                            socket.end(Buffer.buffer(data.length() > 4 ? "NG" : "AT"));
                          });
                    })
                .listen(0, HOST))
        .actualPort();
  }

  @Test
  void answer_isWaitedForInPieces(Vertx vertx) throws Exception {
    run(vertx, HOST, talking(vertx), "send", "PING\r\n", "expect", "PONG");
    run(vertx, HOST, talking(vertx), "expect", "HELLO");
  }

  @Test
  void wrongAnswer_isAFailure(Vertx vertx) throws Exception {
    int port = talking(vertx);
    assertThatThrownBy(() -> run(vertx, HOST, port, "send", "?", "expect", "PONG"))
        .hasMessageContaining("PONG");
  }

  @Test
  void ownPort_isProbedInPlaceOfTheEndpoints(Vertx vertx) throws Exception {
    run(vertx, HOST, 1, "port", talking(vertx));
  }

  /** A server that never answers, and completes the promise when it is left. */
  private static int silent(Vertx vertx, Promise<Void> asked, Promise<Void> left) throws Exception {
    return await(
            vertx
                .createNetServer()
                .connectHandler(
                    socket -> {
                      socket.handler(data -> asked.tryComplete());
                      socket.closeHandler(left::tryComplete);
                    })
                .listen(0, HOST))
        .actualPort();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void socketThatHearsNothing_isClosedWithTheRun(boolean forGood, Vertx vertx) throws Exception {
    Promise<Void> asked = Promise.promise();
    Promise<Void> left = Promise.promise();
    EndpointConfig endpoint = new EndpointConfig(HOST, silent(vertx, asked, left), 1);
    TcpProbe probe =
        new TcpProbe(
            vertx.createNetClient(), endpoint, Configs.of("send", "PING", "expect", "PONG"));
    vertx.timer(1).compose(tick -> probe.run());
    await(asked.future());
    if (forGood) {
      await(vertx.timer(1).onSuccess(tick -> probe.close()));
    } else {
      await(vertx.timer(1).onSuccess(tick -> probe.cancel()));
    }
    await(left.future());
  }

  @Test
  void socketThatOpensTooLate_isClosed(Vertx vertx) throws Exception {
    Promise<Void> left = Promise.promise();
    EndpointConfig endpoint = new EndpointConfig(HOST, silent(vertx, Promise.promise(), left), 1);
    TcpProbe probe =
        new TcpProbe(vertx.createNetClient(), endpoint, Configs.of("expect", "never said"));
    Future<Boolean> run =
        vertx
            .timer(1)
            .compose(
                tick -> {
                  Future<Boolean> begun = probe.run();
                  probe.cancel(); // Nothing is connected on an event loop before it is free again.
                  return begun;
                });
    assertThatThrownBy(() -> await(run)).hasMessageContaining("too late");
    await(left.future());
  }
}
