package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  void bytesBehindAResponse_doNotMeetTheNextRequest(String response) throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    ScriptedUpstream upstream =
        scripted(
            c -> {
              for (RawRequest r = c.request(); r != null; r = c.request()) {
                if (r.target().equals("/first")) {
                  waits.await(20, TimeUnit.SECONDS);
                  c.write(response + POISON);
                } else {
                  c.reply(200, "good");
                }
              }
            });
    Gateway gateway =
        gateway(GatewayConfig.to(upstream).with("/upstreams/main/pool/maxConnections", 1));
    RawClient first = client();
    first.request("HEAD", "/first");
    Await.until("it is under way", () -> upstream.connections() == 1);
    RawClient second = client();
    second.request("GET", "/second");
    Await.until("it waits for the connection", () -> pending(gateway) == 1);

    waits.countDown();

    assertThat(first.read("HEAD").status()).isLessThan(400);
    assertThat(second.read("GET").text()).isEqualTo("good");
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
