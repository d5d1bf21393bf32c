package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an endpoint sends behind a whole response is nobody's answer. */
class SurplusIT extends GatewaySuite {

  private static final String POISON = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";

  /** One pool for everybody, so that the next request waits for the very connection. */
  @Override
  Scale scale() {
    return Scale.ONE_EACH;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
      })
  void messageBehindAResponse_doesNotMeetTheNextRequest(String response) throws Exception {
    assertThatNextIsGood("HEAD", response + POISON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XX",
        "\r\n",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n",
        "HTTP/1.1 200 OK\r\nX-Poison: "
      })
  void bytesThatAreNoMessage_doNotMeetTheNextRequest(String surplus) throws Exception {
    assertThatNextIsGood("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello" + surplus);
  }

  private void assertThatNextIsGood(String method, String answer) throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    ScriptedUpstream upstream =
        scripted(
            c -> {
              for (RawRequest r = c.request(); r != null; r = c.request()) {
                if (r.target().equals("/first")) {
                  waits.await(20, TimeUnit.SECONDS);
                  c.write(answer);
                } else {
                  c.reply(200, "good");
                }
              }
            });
    Gateway gateway =
        gateway(GatewayConfig.to(upstream).with("/upstreams/main/pool/maxConnections", 1));
    RawClient first = client();
    first.request(method, "/first");
    Await.until("it is under way", () -> upstream.connections() == 1);
    RawClient second = client();
    second.request("GET", "/second");
    Await.until("it waits for the connection", () -> pending(gateway) == 1);

    waits.countDown();

    assertThat(first.read(method).status()).isLessThan(400);
    RawResponse next = second.read("GET");
    assertThat(next.text()).isEqualTo("good");
    assertThat(next.header("x-poison")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"XX", "HTTP/1.1 200 OK\r\n", POISON})
  void bytesBetweenTwoRequests_costTheConnection(String surplus) throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    AtomicBoolean closed = new AtomicBoolean();
    gateway(
        scripted(
            c -> {
              c.request();
              c.reply(200, "good");
              if (c.number() == 1) {
                answered.await(20, TimeUnit.SECONDS);
                c.write(surplus);
                c.expectClosed();
                closed.set(true);
              }
            }));
    RawClient client = client();
    assertThat(client.get("/").text()).isEqualTo("good");
    answered.countDown();
    Await.until("the connection is closed", closed::get);
    assertThat(client.get("/").text()).isEqualTo("good");
  }

  private static double pending(Gateway gateway) {
    try {
      return gateway.metrics().entrySet().stream()
          .filter(series -> series.getKey().startsWith("weir_pool_pending"))
          .mapToDouble(series -> series.getValue())
          .sum();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
