package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that says too much, says it wrong or says it too slowly. */
class ClientFaultsIT extends ScaledSuite implements AlsoRemote {
  private static final int SHORT_MILLIS = 300;
  private static final String HEAD = "GET / HTTP/1.1\r\nHost: a\r\n";

  private ScriptedUpstream upstream;

  private RawClient start(String key, Object value) throws Exception {
    upstream = upstream((request, c) -> c.reply(200, ""));
    gateway(GatewayConfig.to(upstream).listener(key, value));
    return client();
  }

  private void assertRefused(RawClient client, int status, String flag) throws Exception {
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.flag()).isEqualTo(flag);
    client.expectClosed();
    assertThat(upstream.requests()).isZero();
  }

  @Test
  void headersAreTooLarge() throws Exception {
    RawClient client = start("maxHeaderBytes", 2_000);
    client.write(HEAD + "X-Large: " + "x".repeat(2_000) + "\r\n\r\n");
    assertRefused(client, 431, "HL");
  }

  @Test
  void headersAreTooMany() throws Exception {
    RawClient client = start("maxHeaderCount", 10);
    List<String> lines = new ArrayList<>(List.of("GET / HTTP/1.1", "Host: a"));
    for (int i = 0; i < 10; i++) {
      lines.add("X-" + i + ": y");
    }
    client.head(lines.toArray(String[]::new));
    assertRefused(client, 431, "HL");
  }

  @Test
  void requestLineIsTooLong() throws Exception {
    RawClient client = start("maxInitialLineBytes", 200);
    client.head("GET /" + "x".repeat(200) + " HTTP/1.1", "Host: a");
    RawResponse response = client.read();
    assertThat(response.status()).isIn(414, 431);
    assertThat(response.flag()).isEqualTo("HL");
    client.expectClosed();
  }

  @Test
  void requestLineIsTooLongByFar_itsRestIsReadAway() throws Exception {
    RawClient client = start("maxInitialLineBytes", 200);
    client.write("GET /" + "x".repeat(300_000));
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(414);
    assertThat(response.flag()).isEqualTo("HL");
    client.expectClosed();
  }

  @Test
  void announcedBodyIsTooLarge() throws Exception {
    RawClient client = start("maxRequestBytes", 10);
    client.request("POST", "/", "Content-Length: 11");
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(413);
    assertThat(response.flag()).isEqualTo("PL");
    assertThat(upstream.requests()).isZero();
  }

  @Test
  void bodyOfTheGreatestSizePasses() throws Exception {
    RawClient client = start("maxRequestBytes", 10);
    client.request("POST", "/", "Transfer-Encoding: chunked");
    client.chunk("12345");
    client.chunk("67890");
    client.lastChunk();
    assertThat(client.read().status()).isEqualTo(200);
    assertThat(upstream.take().text()).isEqualTo("1234567890");
  }

  @Test
  void chunkedBodyGrowsTooLarge() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              RawRequest head = c.requestHead();
              if (head != null) {
                assertThatThrownBy(() -> c.requestBody(head))
                    .isInstanceOf(TruncatedException.class);
              }
            });
    gateway(GatewayConfig.to(upstream).listener("maxRequestBytes", 10));
    RawClient client = client();
    client.request("POST", "/", "Transfer-Encoding: chunked");
    client.chunk("12345");
    client.chunk("678901");
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(413);
    assertThat(response.flag()).isEqualTo("PL");
    client.expectClosed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX-Nul: a\0b\r\n\r\n",
        "GET /a%2Fb HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a/%2e%2E/b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      })
  void malformedOrAmbiguousRequestIsRefused(String wire) throws Exception {
    RawClient client = start("backlog", 100);
    client.write(wire);
    RawResponse response = client.read();
    assertThat(response.status()).isIn(400, 501);
    assertThat(response.flag()).isEqualTo("BR");
    client.expectClosed();
    assertThat(upstream.requests()).isZero();
  }

  @Test
  void badChunkOfTheRequestIsRefused() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              RawRequest head = c.requestHead();
              if (head != null) { // The refusal may overtake it.
                assertThatThrownBy(() -> c.requestBody(head))
                    .isInstanceOf(TruncatedException.class);
              }
            });
    gateway(upstream);
    RawClient client = client();
    client.request("POST", "/", "Transfer-Encoding: chunked");
    client.chunk("good");
    client.write("zz\r\n");
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.flag()).isEqualTo("BR");
    client.expectClosed();
  }

  @Test
  void headTakesTooLong() throws Exception {
    RawClient client = start("headerTimeoutMillis", SHORT_MILLIS);
    client.write(HEAD);
    assertRefused(client, 408, "RT");
  }

  @Test
  void headThatDripsTakesTooLong() throws Exception {
    RawClient client = start("headerTimeoutMillis", SHORT_MILLIS);
    client.write(HEAD + "X-Drip: ");
    do {
      client.write(".");
    } while (!client.hasInputWithin(SHORT_MILLIS / 4));
    assertRefused(client, 408, "RT");
  }

  @Test
  void connectionThatSaysNothingIsClosed() throws Exception {
    RawClient client = start("headerTimeoutMillis", SHORT_MILLIS);
    client.drain();
    assertThat(upstream.connections()).isZero();
  }

  @Test
  void bodyTakesTooLong() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.requestHead();
              c.drain();
            });
    gateway(GatewayConfig.to(upstream).listener("bodyTimeoutMillis", SHORT_MILLIS));
    RawClient client = client();
    client.request("POST", "/", "Content-Length: 10");
    client.write("half");
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(408);
    assertThat(response.flag()).isEqualTo("RT");
    client.expectClosed();
    Await.until("the upstream request is cancelled", () -> upstream.openConnections() == 0);
  }

  @Test
  void idleConnectionIsClosedWithoutAWord() throws Exception {
    RawClient client = start("idleTimeoutMillis", SHORT_MILLIS);
    assertThat(client.get("/").status()).isEqualTo(200);
    client.expectClosed();
  }
}
