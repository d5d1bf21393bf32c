package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clients that take their time to send can't keep others from trying an upstream. */
class HalfOpenIT extends GatewaySuite {
  private final AtomicInteger status = new AtomicInteger(500);
  private ScriptedUpstream upstream;
  private Operated operated;

  /** Two uploads that have begun and hold all that a half-open breaker lends. */
  private List<RawClient> hold() throws IOException {
    upstream = upstream((request, c) -> c.reply(status.get(), "answer"));
    JsonObject breaker =
        new JsonObject().put("windowSize", 1).put("failureThreshold", 1).put("openMillis", 50);
    operated =
        Operated.listen(
            gateway(GatewayConfig.to(upstream).with("/upstreams/main/circuitBreaker", breaker)));
    RawClient client = client();
    assertThat(client.get("/").status()).isEqualTo(500);
    status.set(200);
    operated.awaitBreaker("HALF_OPEN");
    List<RawClient> uploads = List.of(uploading(), uploading());
    Await.until("both are let through", () -> upstream.requests() == 3);
    return uploads;
  }

  private RawClient uploading() throws IOException {
    RawClient client = client();
    client.request("PUT", "/", "Transfer-Encoding: chunked");
    drip(client);
    return client;
  }

  private static void drip(RawClient client) throws IOException {
    client.write("1\r\n.\r\n");
  }

  private static RawResponse end(RawClient upload) throws IOException {
    upload.write("0\r\n\r\n");
    return upload.read();
  }

  /** Asks until it is served, while the uploads go on, byte for byte. */
  private void awaitServed(RawClient third, List<RawClient> uploads) {
    Await.until(
        "a third client is served",
        () -> {
          try {
            for (RawClient each : uploads) {
              drip(each);
            }
            return third.get("/").status() == 200;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    Await.until("the uploads alone go on", () -> operated.gateway().inFlight() == 2);
  }

  @Test
  void slowUploadsThatHoldAllTrials_makeRoomForOthers() throws Exception {
    List<RawClient> uploads = hold();
    RawClient third = client();
    awaitServed(third, uploads);
    assertThat(operated.breaker().getString("state")).isEqualTo("HALF_OPEN");
    awaitServed(third, uploads);
    operated.awaitBreaker("CLOSED");
    for (RawClient each : uploads) {
      assertThat(end(each).status()).isEqualTo(200);
    }
    assertThat(operated.breaker().getInteger("calls")).isZero();
  }

  @Test
  void slowUploadThatEnds_isATrialAgain() throws Exception {
    List<RawClient> uploads = hold();
    awaitServed(client(), uploads);
    assertThat(operated.breaker().getString("state")).isEqualTo("HALF_OPEN");
    for (RawClient each : uploads) {
      assertThat(end(each).status()).isEqualTo(200);
    }
    operated.awaitBreaker("CLOSED");
  }

  @Test
  void slowUploadThatFails_opensItAgain() throws Exception {
    List<RawClient> uploads = hold();
    awaitServed(client(), uploads);
    status.set(500);
    for (RawClient each : uploads) {
      end(each);
    }
    Await.until(
        "it is told",
        () ->
            operated.events("breaker").stream()
                .anyMatch(event -> "trial-failed".equals(event.getString("cause"))));
  }
}
