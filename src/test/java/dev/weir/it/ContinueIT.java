package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interim responses: {@code Expect: 100-continue} is the upstream's to answer. */
class ContinueIT extends ScaledSuite implements AlsoRemote {
  private static final String EXPECT = "Expect: 100-continue";
  private static final int NOTHING_COMES_MILLIS = 200;
  private static final int HINT_BYTES = 32_768;

  /** Several times what all sockets on the way hold. */
  private static final int HINTS = 1024;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void upstreamThatSaysContinueGetsTheBody_clientHearsItOnce(int times) throws Exception {
    gateway(
        scripted(
            c -> {
              RawRequest head = c.requestHead();
              assertThat(head.header("expect")).isEqualToIgnoringCase("100-continue");
              for (int i = 0; i < times; i++) {
                c.head("HTTP/1.1 100 Continue");
              }
              c.reply(200, c.requestBody(head).text());
              c.drain();
            }));
    RawClient client = client();
    client.request("POST", "/", EXPECT, "Content-Length: 4");
    assertThat(client.read().status()).isEqualTo(100);
    client.write("body");
    assertThat(client.read().text()).isEqualTo("body");
  }

  @Test
  void gatewayDoesNotSayContinueByItself() throws Exception {
    gateway(
        scripted(
            c -> {
              c.requestHead();
              c.drain();
            }));
    RawClient client = client();
    client.request("POST", "/", EXPECT, "Content-Length: 4");
    assertThat(client.isQuietFor(NOTHING_COMES_MILLIS)).isTrue();
  }

  @Test
  void finalAnswerInTheContinuesPlaceReachesTheClientAndNoBodyIsSent() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.requestHead();
              c.reply(401, "who?");
              c.expectClosed();
            });
    gateway(upstream);
    RawClient client = client();
    client.request("POST", "/", EXPECT, "Content-Length: 4");
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.text()).isEqualTo("who?");
    client.close();
    Await.until("the half-used upstream connection closes", () -> upstream.openConnections() == 0);
  }

  @Test
  void http10ClientExpectsNothing() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, request.text()));
    gateway(upstream);
    RawClient client = client();
    client.write("POST / HTTP/1.0\r\n" + EXPECT + "\r\nContent-Length: 4\r\n\r\nbody");
    assertThat(client.read().text()).isEqualTo("body");
    assertThat(upstream.take().headers().has("expect")).isFalse();
  }

  @Test
  void clientThatDoesNotWaitIsServed() throws Exception {
    gateway(upstream((request, c) -> c.reply(200, request.text())));
    RawClient client = client();
    client.request("POST", "/", EXPECT, "Content-Length: 4");
    client.write("body");
    assertThat(client.read().text()).isEqualTo("body");
    assertThat(client.get("/").status()).isEqualTo(200);
  }

  @Test
  void continueFromTheUpstreamAfterTheBodyBeganIsHarmless() throws Exception {
    gateway(
        scripted(
            c -> {
              RawRequest head = c.requestHead();
              c.head("HTTP/1.1 100 Continue");
              c.reply(200, c.requestBody(head).text());
              c.drain();
            }));
    RawClient client = client();
    client.request("POST", "/", "Content-Length: 4");
    client.write("body");
    RawResponse response = client.read();
    assertThat(response.status()).isIn(100, 200);
    if (response.status() == 100) {
      response = client.read();
    }
    assertThat(response.text()).isEqualTo("body");
  }

  @Test
  void earlyHintsPassOn() throws Exception {
    gateway(
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 103 Early Hints", "Link: </style.css>; rel=preload");
              c.reply(200, "page");
            }));
    RawClient client = client();
    RawResponse hints = client.get("/");
    assertThat(hints.status()).isEqualTo(103);
    assertThat(hints.header("link")).isEqualTo("</style.css>; rel=preload");
    assertThat(client.read().text()).isEqualTo("page");
  }

  @Test
  void hintsThatTheClientDoesNotReadAreDropped() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    String link = "Link: <" + "x".repeat(HINT_BYTES) + ">";
    gateway(
        upstream(
            (request, c) -> {
              for (int i = 0; i < HINTS; i++) {
                c.head("HTTP/1.1 103 Early Hints", link);
              }
              sent.countDown();
              c.reply(200, "page");
            }));
    RawClient client = clientWithSmallBuffer();
    client.request("GET", "/");
    assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
    int hints = 0;
    RawResponse response = client.read();
    for (; response.status() == 103; response = client.read()) {
      hints++;
    }
    assertThat(response.text()).isEqualTo("page");
    assertThat(hints).as("what the sockets hold").isBetween(1, HINTS / 2);
  }
}
