package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The libraries for epoll are of the version that their classes want. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = {"amd64", "aarch64"})
class NativeTransportTest {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void isThere() {
    assertThat(vertx.unavailableNativeTransportCause()).isNull();
    assertThat(vertx.isNativeTransportEnabled()).isTrue();
  }

  @Test
  void carriesBytes() throws Exception {
    NetServer echo =
        vertx.createNetServer().connectHandler(socket -> socket.handler(socket::write));
    int port = await(echo.listen(0, "127.0.0.1")).actualPort();

    NetSocket socket = await(vertx.createNetClient().connect(port, "127.0.0.1"));
    Future<Buffer> answer = Future.future(promise -> socket.handler(promise::tryComplete));
    await(socket.write("hello"));

    assertThat(await(answer)).hasToString("hello");
  }

  @Test
  void tellsWhyItCannotConnect() throws Exception {
    NetServer gone = vertx.createNetServer().connectHandler(socket -> {});
    int port = await(gone.listen(0, "127.0.0.1")).actualPort();
    await(gone.close());

    Throwable failure =
        catchThrowable(() -> await(vertx.createNetClient().connect(port, "127.0.0.1")));

    assertThat(failure).hasRootCauseInstanceOf(ConnectException.class);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
