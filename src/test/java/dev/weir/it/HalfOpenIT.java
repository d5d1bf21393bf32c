package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that take their time to send can't keep others from trying an upstream. */
@ParameterizedClass(name = "{0}")
@EnumSource(HalfOpenIT.Way.class)
class HalfOpenIT extends GatewaySuite {

  /** How an upload gets to the service. */
  enum Way {
    HTTP,
    /** In a message on the event bus, once it is whole. */
    MESSAGE,
    /** By way of another node, which has the clients of the upstream and its breaker. */
    OTHER_NODE
  }

  private static final String ADDRESS = "half-open.service";

  @Parameter Way way;

  private final AtomicInteger status = new AtomicInteger(500);
  private Operated operated;
  private MessageConsumer<Object> service;

  @Override
  Scale scale() {
    return way == Way.OTHER_NODE ? Scale.REMOTE : Scale.PER_EVENT_LOOP;
  }

  private GatewayConfig config() throws IOException {
    return way == Way.MESSAGE
        ? GatewayConfig.to(new int[0]).with("/upstreams/main", new JsonObject().put("bus", ADDRESS))
        : GatewayConfig.to(upstream((request, c) -> c.reply(status.get(), "answer")));
  }

  private void reply(Message<Object> message) {
    message.reply(
        "answer", new DeliveryOptions().addHeader("status", Integer.toString(status.get())));
  }

  @AfterEach
  void goDeaf() {
    if (service != null) {
      Await.result(service.unregister());
    }
  }

  /** Two uploads that have begun and hold all that a half-open breaker lends. */
  private List<RawClient> hold() throws IOException {
    JsonObject breaker =
        new JsonObject().put("windowSize", 1).put("failureThreshold", 1).put("openMillis", 50);
    operated = Operated.listen(gateway(config().with("/upstreams/main/circuitBreaker", breaker)));
    if (way == Way.MESSAGE) {
      service = operated.gateway().vertx().eventBus().localConsumer(ADDRESS, this::reply);
    }
    RawClient client = client();
    assertThat(client.get("/").status()).isEqualTo(500);
    status.set(200);
    operated.awaitBreaker("HALF_OPEN");
    List<RawClient> uploads = List.of(uploading(), uploading());
    Await.until("both are let through", () -> operated.gateway().inFlight() == 2);
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
