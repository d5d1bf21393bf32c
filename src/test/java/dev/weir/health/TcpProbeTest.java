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
}
