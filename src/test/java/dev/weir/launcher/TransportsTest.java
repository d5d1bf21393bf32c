package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.transport.Transport;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native libraries are of the version that their classes want, and the fastest is taken. */
class TransportsTest {

  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void epollIsThereOnLinux() {
    assertThat(Transport.EPOLL.unavailabilityCause()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void carriesBytes(String name) throws Exception {
    Vertx vertx = on(name);
    try {
      NetServer echo =
          vertx.createNetServer().connectHandler(socket -> socket.handler(socket::write));
      int port = await(echo.listen(0, "127.0.0.1")).actualPort();

      NetSocket socket = await(vertx.createNetClient().connect(port, "127.0.0.1"));
      Future<Buffer> answer = Future.future(promise -> socket.handler(promise::tryComplete));
      await(socket.write("hello"));

      assertThat(await(answer)).hasToString("hello");
    } finally {
      await(vertx.close());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void tellsWhyItCannotConnect(String name) throws Exception {
    Vertx vertx = on(name);
    try {
      try (Socket deaf = new Socket()) {
        deaf.bind(new InetSocketAddress("127.0.0.1", 0)); // Nobody listens, nor can begin to.
        int port = deaf.getLocalPort();

        Throwable failure =
            catchThrowable(() -> await(vertx.createNetClient().connect(port, "127.0.0.1")));

        assertThat(failure).hasRootCauseInstanceOf(SocketException.class);
      }
    } finally {
      await(vertx.close());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.1.0-18-amd64", "6.18.44", "7.0", "10.4-x"})
  void fastest_isIoUring_fromLinux6_1(String kernel) {
    Assumptions.assumeTrue(Transport.IO_URING.available(), "this machine forbids io_uring");

    assertThat(Transports.fastest(kernel).name()).isEqualTo("io_uring");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.0.19", "5.15.0-91-generic", "4.18", "6", ""})
  void fastest_isNotIoUring_onOthers(String kernel) {
    assertThat(Transports.fastest(kernel)).isNotSameAs(Transport.IO_URING);
  }

  @Test
  void unknownName_isRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> Transports.named("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-Dweir.transport=fast: expected one of ")
        .hasMessageContaining("io_uring, epoll")
        .hasMessageEndingWith("nio");
  }

  private static Vertx on(String name) {
    try {
      return Vertx.builder().withTransport(Transports.named(name)).build();
    } catch (IllegalStateException e) {
      Assumptions.abort(e.getMessage() + ": " + e.getCause());
      throw e;
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
