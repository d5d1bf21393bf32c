package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class TcpProbeTest {
  private static final String HOST = "127.0.0.1";

  private static void run(Vertx vertx, String host, int port) throws Exception {
    TcpProbe probe = new TcpProbe(vertx.createNetClient(), host, port, 5000);
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
}
