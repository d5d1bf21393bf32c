package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every wait has an end, a word of its own in the access log, and a count of its own. */
class TimeoutsIT extends GatewaySuite {
  private static final int SHORT_MILLIS = 200;

  /** More than all buffers on the way hold. */
  private static final long MUCH = 192L << 20;

  @TempDir Path directory;

  private Gateway gateway;

  private RawClient start(GatewayConfig config) throws IOException {
    gateway = gateway(config.accessLog(directory.resolve("access.log")));
    return client();
  }

  private static ScriptedUpstream.Script silent() {
    return c -> {
      c.requestHead();
      c.drain();
    };
  }

  private void assertLate(String kind, String flag) throws IOException {
    JsonObject line = new LogFile(directory.resolve("access.log")).onlyLine();
    assertThat(line.getString("flag")).isEqualTo(flag);
    assertThat(line.getString("detail")).isEqualTo(kind);
    for (Map.Entry<String, Double> series : gateway.metrics().entrySet()) {
      if (series.getKey().startsWith("weir_timeouts_total")) {
        boolean own = series.getKey().contains("kind=\"" + kind + "\"");
        assertThat(series.getValue()).as(series.getKey()).isEqualTo(own ? 1 : 0);
      }
    }
  }

  private static void assertReply(RawResponse response, int status, String flag) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.flag()).isEqualTo(flag);
  }

  @Test
  void connect() throws Exception {
    try (DeafServer server = DeafServer.start()) {
      RawClient client =
          start(GatewayConfig.to(server.port()).timeout("connectMillis", SHORT_MILLIS));
      assertReply(client.get("/"), 504, "UT");
      assertLate("connect", "UT");
    }
  }

  @Test
  void pool() throws Exception {
    ScriptedUpstream upstream = scripted(silent());
    RawClient first =
        start(
            GatewayConfig.to(upstream)
                .with("/upstreams/main/pool/maxConnections", 1)
                .with("/upstreams/main/pool/pendingTimeoutMillis", SHORT_MILLIS));
    first.request("GET", "/");
    Await.until("the only connection is in use", () -> upstream.requests() == 1);
    assertReply(client().get("/"), 503, "UO");
    assertLate("pool", "UO");
  }

  @Test
  void firstByte() throws Exception {
    GatewayConfig config = GatewayConfig.to(scripted(silent()));
    RawClient client = start(config.timeout("firstByteMillis", SHORT_MILLIS));
    assertReply(client.get("/"), 504, "UT");
    assertLate("first-byte", "UT");
  }

  @Test
  void oneTry() throws Exception {
    GatewayConfig config = GatewayConfig.to(scripted(silent()));
    RawClient client =
        start(config.with("/upstreams/main/retry/perTryTimeoutMillis", SHORT_MILLIS));
    assertReply(client.get("/"), 504, "UT");
    assertLate("try", "UT");
  }

  @Test
  void wholeRequest() throws Exception {
    GatewayConfig config = GatewayConfig.to(scripted(silent()));
    RawClient client = start(config.timeout("requestMillis", SHORT_MILLIS));
    assertReply(client.get("/"), 504, "UT");
    assertLate("request", "UT");
  }

  @Test
  void betweenTwoBytesOfAResponse() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.requestHead();
              c.head("HTTP/1.1 200 OK", "Content-Length: 10");
              c.write("half");
              c.drain();
            });
    RawClient client = start(GatewayConfig.to(upstream).timeout("idleMillis", SHORT_MILLIS));
    client.request("GET", "/");
    assertThatThrownBy(client::read).isInstanceOf(TruncatedException.class);
    assertLate("idle", "UT");
  }

  @Test
  void betweenTwoBytesOfARequestThatTheServiceDoesNotRead() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.requestHead();
              Await.until("the gateway gives up", () -> gateway.inFlight() == 0);
            });
    RawClient client = start(GatewayConfig.to(upstream).timeout("idleMillis", 2 * SHORT_MILLIS));
    client.request("PUT", "/", "Content-Length: " + MUCH);
    CompletableFuture.runAsync(() -> writeMuch(client));
    assertReply(client.read(), 504, "UT");
    assertLate("idle", "UT");
  }

  /** Until the gateway cuts the connection. */
  private static void writeMuch(Peer peer) {
    byte[] block = new byte[65_536];
    try {
      for (long left = MUCH; left > 0; left -= block.length) {
        peer.write(block);
      }
    } catch (IOException cut) {
      return;
    }
  }

  @Test
  void betweenTwoBytesOfARequestThatTheClientDoesNotSend() throws Exception {
    GatewayConfig config = GatewayConfig.to(scripted(silent()));
    RawClient client = start(config.listener("bodyTimeoutMillis", SHORT_MILLIS));
    client.request("PUT", "/", "Content-Length: 10");
    client.write("half");
    assertReply(client.read(), 408, "RT");
    assertLate("client-send", "RT");
  }

  @Test
  void betweenTwoBytesOfAResponseThatTheClientDoesNotRead() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.requestHead();
              c.head("HTTP/1.1 200 OK", "Content-Length: " + MUCH);
              writeMuch(c);
            });
    start(GatewayConfig.to(upstream).timeout("idleMillis", 2 * SHORT_MILLIS));
    clientWithSmallBuffer().request("GET", "/");
    assertLate("client-read", "RT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /2 HT", "GET /2 HTTP/1.1\r\nHost: a\r\n"})
  void headBehindAnotherRequest(String begun) throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    RawClient client =
        start(GatewayConfig.to(upstream).listener("headerTimeoutMillis", SHORT_MILLIS));
    client.write("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n" + begun);
    assertThat(client.read().status()).isEqualTo(200);
    assertReply(client.read(), 408, "RT");
    client.expectClosed();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void emptyLineBehindARequestIsNoHead(boolean atOnce) throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    RawClient client =
        start(
            GatewayConfig.to(upstream)
                .listener("headerTimeoutMillis", SHORT_MILLIS)
                .listener("idleTimeoutMillis", 4 * SHORT_MILLIS));
    client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + (atOnce ? "\r\n" : ""));
    assertThat(client.read().status()).isEqualTo(200);
    client.write(atOnce ? "" : "\r\n");
    client.expectClosed();
  }
}
