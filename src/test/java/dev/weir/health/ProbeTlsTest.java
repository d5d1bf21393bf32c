package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServerOptions;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes of servers on the loopback interface whose certificate is for {@code probe.test}. */
@ExtendWith(VertxExtension.class)
class ProbeTlsTest {
  private static final String HOST = "127.0.0.1";
  private static final byte[] SERVING = {0, 0, 0, 0, 2, 8, 1};

  @TempDir private static Path directory;

  /** For whom the last request was, and whom its client wanted to be sure of. */
  private static final AtomicReference<String> asked = new AtomicReference<>();

  private static TestKeys keys;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = TestKeys.make(directory);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  private static int web(Vertx vertx) throws Exception {
    HttpServerOptions options = new HttpServerOptions().setSsl(true).setUseAlpn(true).setSni(true);
    options.setKeyCertOptions(keys.server());
    return await(
            vertx
                .createHttpServer(options)
                .requestHandler(
                    request -> {
                      asked.set(
                          request.authority()
                              + " by "
                              + request.connection().indicatedServerName());
                      if (request.path().startsWith("/grpc")) {
                        request.response().putTrailer("grpc-status", "0");
                        request.response().end(Buffer.buffer(SERVING));
                      } else {
                        request.response().end(String.valueOf(request.authority().host()));
                      }
                    })
                .listen(0, HOST))
        .actualPort();
  }

  private static int sockets(Vertx vertx) throws Exception {
    NetServerOptions options = new NetServerOptions().setSsl(true);
    options.setKeyCertOptions(keys.server());
    return await(
            vertx
                .createNetServer(options)
                .connectHandler(socket -> socket.handler(said -> socket.write("pong")))
                .listen(0, HOST))
        .actualPort();
  }

  private static Boolean run(Vertx vertx, String type, JsonObject tls) throws Exception {
    EndpointConfig endpoint =
        new EndpointConfig(HOST, type.equals("tcp") ? sockets(vertx) : web(vertx), 1);
    ActiveHealthConfig config =
        Configs.of(
            "type", type, "tls", tls, "send", "ping", "expect", "pong", "timeoutMillis", 10_000);
    Probe probe =
        switch (type) {
          case "tcp" -> new TcpProbe(vertx.createNetClient(), endpoint, config);
          case "grpc" -> Configs.grpc(vertx, endpoint, config);
          default -> Configs.http(vertx, endpoint, config);
        };
    return await(vertx.timer(1).compose(tick -> probe.run()));
  }

  private static JsonObject trusting() {
    return new JsonObject().put("trust", keys.certificate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "tcp", "grpc"})
  void serverThatIsTrusted_works(String type, Vertx vertx) throws Exception {
    JsonObject tls = trusting().put("serverName", "probe.test");
    assertThat(run(vertx, type, tls)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "tcp", "grpc"})
  void serverThatNobodyVouchesFor_doesNotWork(String type, Vertx vertx) {
    JsonObject tls = new JsonObject().put("serverName", "probe.test");
    assertThatThrownBy(() -> run(vertx, type, tls)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "tcp", "grpc"})
  void serverWithTheCertificateOfAnother_doesNotWork(String type, Vertx vertx) {
    assertThatThrownBy(() -> run(vertx, type, trusting())).isNotNull();
    JsonObject other = trusting().put("serverName", "other.test");
    assertThatThrownBy(() -> run(vertx, type, other)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "tcp", "grpc"})
  void anyServer_worksWhereNobodyCares(String type, Vertx vertx) throws Exception {
    assertThat(run(vertx, type, new JsonObject().put("insecure", true))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http, orders.test, orders.test:PORT",
    "http, orders.test:81, orders.test:81",
    "http, , probe.test:PORT",
    "grpc, , probe.test:PORT"
  })
  void host_isThatOfTheRequestWhateverTheServerHasToProve(
      String type, String host, String expected, Vertx vertx) throws Exception {
    int port = web(vertx);
    JsonObject headers = new JsonObject();
    if (host != null) {
      headers.put("host", host);
    }
    ActiveHealthConfig config =
        Configs.of(
            "type",
            type,
            "tls",
            trusting().put("serverName", "probe.test"),
            "headers",
            headers,
            "timeoutMillis",
            10_000);
    EndpointConfig endpoint = new EndpointConfig(HOST, port, 1);
    Probe probe =
        type.equals("grpc")
            ? Configs.grpc(vertx, endpoint, config)
            : Configs.http(vertx, endpoint, config);
    await(vertx.timer(1).compose(tick -> probe.run()));
    assertThat(asked).hasValue(expected.replace("PORT", Integer.toString(port)) + " by probe.test");
  }

  @Test
  void serverInClearText_doesNotWork(Vertx vertx) throws Exception {
    int port =
        await(vertx.createHttpServer().requestHandler(r -> r.response().end()).listen(0, HOST))
            .actualPort();
    ActiveHealthConfig config = Configs.of("tls", new JsonObject().put("insecure", true));
    Probe probe = Configs.http(vertx, new EndpointConfig(HOST, port, 1), config);
    assertThatThrownBy(() -> await(vertx.timer(1).compose(tick -> probe.run()))).isNotNull();
  }
}
