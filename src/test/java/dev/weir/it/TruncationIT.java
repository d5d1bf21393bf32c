package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A response that broke off must never pass for a whole one; a request that broke off neither. */
class TruncationIT extends ScaledSuite implements AlsoRemote {
  private static final int SHORT_MILLIS = 600;

  private enum End {
    FIN,
    RST
  }

  private static void end(UpstreamConnection c, End how) throws Exception {
    if (how == End.RST) {
      c.reset();
    } else {
      c.close();
    }
  }

  private void assertTruncated(String text) throws Exception {
    RawClient client = client();
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    assertThat(head.status()).isEqualTo(200);
    assertThat(new String(client.body().bytes(text.length()))).isEqualTo(text);
    assertThatThrownBy(() -> client.readBody(head)).isInstanceOf(TruncatedException.class);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void bodyWithLengthEndsEarly(End how) throws Exception {
    gateway(
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Content-Length: 100");
              c.write("half");
              end(c, how);
            }));
    assertTruncated("half");
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void chunkedBodyEndsWithoutItsLastChunk(End how) throws Exception {
    gateway(
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              c.chunk("half");
              end(c, how);
            }));
    assertChunksTruncated("half");
  }

  private void assertChunksTruncated(String chunk) throws Exception {
    RawClient client = client();
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    assertThat(head.framing()).isEqualTo(Framing.CHUNKED);
    assertThat(new String(client.body().chunk())).isEqualTo(chunk);
    assertThatThrownBy(() -> client.readBody(head)).isInstanceOf(TruncatedException.class);
  }

  @Test
  void bodyThatShouldEndWithItsConnectionIsReset() throws Exception {
    CountDownLatch halfArrived = new CountDownLatch(1);
    gateway(
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK");
              c.write("half");
              halfArrived.await();
              c.reset();
            }));
    RawClient client = client();
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    assertThat(new String(client.body().chunk())).isEqualTo("half");
    halfArrived.countDown();
    assertThatThrownBy(() -> client.readBody(head)).isInstanceOf(TruncatedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\nab\r\n", "-1\r\n", "2\r\nabc\r\n", "ffffffffffffffff1\r\nab"})
  void badChunkEndsTheMessage(String bad) throws Exception {
    CountDownLatch goodArrived = new CountDownLatch(1);
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              c.chunk("good");
              goodArrived.await();
              c.write(bad);
              c.drain();
            });
    gateway(upstream);
    RawClient client = client();
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    assertThat(new String(client.body().chunk())).isEqualTo("good");
    goodArrived.countDown();
    assertThatThrownBy(() -> client.readBody(head)).isInstanceOf(TruncatedException.class);
    Await.until("the gateway closes the bad connection", () -> upstream.openConnections() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"idleMillis", "requestMillis"})
  void stalledBodyIsCutWhenItsTimeIsOver(String timeout) throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              c.chunk("half");
              c.drain();
            });
    gateway(GatewayConfig.to(upstream).timeout(timeout, SHORT_MILLIS));
    assertChunksTruncated("half");
    Await.until("the stalled upstream is let go", () -> upstream.openConnections() == 0);
  }

  @Test
  void slowButSteadyBodyIsNotCut() throws Exception {
    gateway(
        GatewayConfig.to(
                upstream(
                    (request, c) -> {
                      c.head("HTTP/1.1 200 OK", "Content-Length: 8");
                      for (int i = 0; i < 8; i++) {
                        assertThat(c.isQuietFor(SHORT_MILLIS / 3)).isTrue();
                        c.write("x");
                      }
                    }))
            .timeout("idleMillis", SHORT_MILLIS * 2));
    assertThat(client().get("/").text()).isEqualTo("xxxxxxxx");
  }

  @Test
  void clientThatBreaksOffItsBodyLeavesNoWholeRequest() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              RawRequest head = c.requestHead();
              assertThatThrownBy(() -> c.requestBody(head)).isInstanceOf(TruncatedException.class);
            });
    gateway(upstream);
    RawClient client = client();
    client.request("POST", "/", "Transfer-Encoding: chunked");
    client.chunk("half");
    Await.until("the upstream has the head", () -> upstream.requests() == 1);
    client.close();
    Await.until("the upstream sees the end", () -> upstream.openConnections() == 0);
  }

  @Test
  void answerBeforeTheWholeBodyReachesTheClient() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.requestHead();
              c.reply(413, "too much", "Connection: close");
              c.drain();
            });
    gateway(upstream);
    RawClient client = client();
    client.request("POST", "/", "Content-Length: 1000000");
    client.write("some");
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(413);
    assertThat(response.text()).isEqualTo("too much");
    client.close();
    Await.until("the upstream is let go", () -> upstream.openConnections() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "gzip", "identity", "chunked, chunked", "xchunked"})
  void codingThatIsNotKnownIsNotTakenForTheBody(String coding) throws Exception {
    gateway(
        scripted(
            c -> {
              c.request();
              c.head("HTTP/1.1 200 OK", "Transfer-Encoding: " + coding, "Content-Length: 12");
              c.write("2\r\nab\r\n0\r\n\r\n");
              c.drain();
            }));
    RawResponse response = client().get("/");
    assertThat(response.status()).isEqualTo(502);
    assertThat(response.flag()).isEqualTo("UP");
  }
}
