package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No response came from the upstream: the client gets one of the gateway, with the reason. */
class UnansweredIT extends ScaledSuite implements AlsoRemote {
  private static final int SHORT_MILLIS = 300;

  private static void assertReply(RawResponse response, int status, String flag) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.flag()).isEqualTo(flag);
    assertThat(response.header("content-type")).startsWith("application/problem+json");
  }

  @Test
  void onlyEndpointHasNoWeight_isUnavailable() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    gateway(GatewayConfig.to(upstream).with("/upstreams/main/endpoints/0/weight", 0));
    assertReply(client().get("/"), 503, "UH");
    assertThat(upstream.connections()).isZero();
  }

  @Test
  void endpointRefusesConnections_isBadGateway() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    upstream.refuse();
    gateway(upstream);
    RawClient client = client();
    assertReply(client.get("/"), 502, "UF");
    client.request("POST", "/", "Content-Length: 3");
    client.write("abc");
    assertReply(client.read(), 502, "UF");
    assertReply(client.get("/"), 502, "UF");
  }

  @Test
  void endpointRefusesConnections_anotherOneServes() throws Exception {
    ScriptedUpstream dead = upstream((request, c) -> c.reply(200, ""));
    ScriptedUpstream alive = upstream((request, c) -> c.reply(200, request.text()));
    dead.refuse();
    gateway(dead, alive);
    RawClient client = client();
    for (int i = 0; i < 10; i++) {
      client.request("POST", "/", "Content-Length: 3");
      client.write("abc");
      RawResponse response = client.read();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.text()).isEqualTo("abc");
    }
  }

  @Test
  void endpointDoesNotAccept_isTooSlow() throws Exception {
    try (DeafServer server = DeafServer.start()) {
      gateway(GatewayConfig.to(server.port()).timeout("connectMillis", SHORT_MILLIS));
      assertReply(client().get("/"), 504, "UT");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connectionEndsBeforeTheResponse_isBadGateway(boolean reset) throws Exception {
    gateway(
        scripted(
            c -> {
              c.request();
              if (reset) {
                c.reset();
              }
            }));
    RawClient client = client();
    client.request("POST", "/", "Content-Length: 3");
    client.write("abc");
    assertReply(client.read(), 502, "UF");
    assertThat(client.call("PATCH", "/").flag()).isEqualTo("UF");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/3.7 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Nul: a\0b\r\nContent-Length: 0\r\n\r\n"
      })
  void responseIsNotHttp_isBadGatewayAndTheConnectionIsNotUsedAgain(String wire) throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              for (RawRequest r = c.request(); r != null; r = c.request()) {
                c.write(wire);
              }
            });
    gateway(upstream);
    RawClient client = client();
    client.request("POST", "/", "Content-Length: 0");
    assertReply(client.read(), 502, "UP");
    Await.until("the gateway closes the bad connection", () -> upstream.openConnections() == 0);
  }

  @Test
  void nothingComesBack_isTooSlow() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.drain();
            });
    gateway(GatewayConfig.to(upstream).timeout("firstByteMillis", SHORT_MILLIS));
    long start = System.nanoTime();
    assertReply(client().get("/"), 504, "UT");
    assertThat(System.nanoTime() - start).isGreaterThan(SHORT_MILLIS * 1_000_000L * 9 / 10);
    Await.until("the late request is cancelled", () -> upstream.openConnections() == 0);
  }

  @Test
  void responseHeadDripsWithoutEnd_isTooSlow() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.write("HTTP/1.1 200 OK\r\nX-Drip: ");
              while (c.isQuietFor(SHORT_MILLIS / 4)) {
                c.write(".");
              }
            });
    gateway(GatewayConfig.to(upstream).timeout("firstByteMillis", SHORT_MILLIS));
    assertReply(client().get("/"), 504, "UT");
    Await.until("the late request is cancelled", () -> upstream.openConnections() == 0);
  }

  @Test
  void responseHeadIsTooLarge_isBadGateway() throws Exception {
    ScriptedUpstream upstream =
        upstream((request, c) -> c.reply(200, "", "X-Large: " + "x".repeat(200_000)));
    gateway(upstream);
    assertReply(client().get("/"), 502, "UP");
    Await.until("the gateway closes the bad connection", () -> upstream.openConnections() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {": nameless", "X;Y: listed", "X-Y: a\u0000b"})
  void responseHeadHasABadField_isBadGateway(String field) throws Exception {
    gateway(upstream((request, c) -> c.reply(200, "", field)));
    assertReply(client().get("/"), 502, "UP");
  }

  @Test
  void wholeExchangeTakesTooLong_isTooSlow() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.drain();
            });
    gateway(GatewayConfig.to(upstream).timeout("requestMillis", SHORT_MILLIS));
    assertReply(client().get("/"), 504, "UT");
    Await.until("the late request is cancelled", () -> upstream.openConnections() == 0);
  }

  @Test
  void localReplyLeavesTheClientConnectionUsable() throws Exception {
    gateway(
        upstream(
            (request, c) -> {
              if (request.target().equals("/bad")) {
                c.close();
              } else {
                c.reply(200, "good");
              }
            }));
    RawClient client = client();
    assertThat(client.get("/").text()).isEqualTo("good");
    client.request("POST", "/bad", "Content-Length: 1");
    client.write("x");
    assertThat(client.read().status()).isEqualTo(502);
    assertThat(client.get("/").text()).isEqualTo("good");
  }
}
