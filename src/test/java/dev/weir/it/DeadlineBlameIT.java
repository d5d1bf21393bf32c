package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who of the endpoints of a request is charged when the time for the whole of it is over. */
class DeadlineBlameIT extends GatewaySuite {
  private static final String MAIN = "/upstreams/main/";
  private static final int CALLS = 3;
  private static final long REQUEST_MILLIS = 1500;

  /** Leaves a second try less than half of the time, and less than a try may take. */
  private static final long TRY_MILLIS = 900;

  /** Sends everything to the first endpoint, and second tries to the second one. */
  private static GatewayConfig retried(GatewayConfig config, String on) {
    JsonObject breaker = new JsonObject().put("scope", "endpoint").put("windowSize", 10 * CALLS);
    JsonObject retry =
        new JsonObject()
            .put("attempts", 2)
            .put("on", new JsonArray().add(on))
            .put("perTryTimeoutMillis", TRY_MILLIS)
            .put("backoff", new JsonObject().put("baseMillis", 1));
    return config
        .timeout("requestMillis", REQUEST_MILLIS)
        .with(MAIN + "retry", retry)
        .with(MAIN + "balancer/policy", "first")
        .with(MAIN + "circuitBreaker", breaker.put("failureThreshold", 10 * CALLS));
  }

  private void giveUp() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      RawClient each = client();
      each.request("GET", "/");
      clients.add(each);
    }
    for (RawClient each : clients) {
      assertThat(each.read().flag()).isEqualTo("UT");
    }
  }

  private static JsonObject breaker(Operated operated, int endpoint) {
    return operated.endpoint(endpoint).getJsonObject("circuitBreaker");
  }

  @Test
  void tryThatHadLittleOfTheTime_isNotCharged() throws Exception {
    ScriptedUpstream first = upstream((request, c) -> c.drain());
    ScriptedUpstream second = upstream((request, c) -> c.drain());
    Operated operated =
        Operated.listen(gateway(retried(GatewayConfig.to(first, second), "timeout")));
    giveUp();
    assertThat(second.requests()).isEqualTo(CALLS);
    assertThat(breaker(operated, 0).getInteger("failures")).isEqualTo(CALLS);
    assertThat(breaker(operated, 1).getInteger("failures")).isZero();
    assertThat(breaker(operated, 1).getInteger("calls")).isZero();
  }

  @Test
  void tryThatHadMostOfTheTime_isCharged() throws Exception {
    ScriptedUpstream first = upstream((request, c) -> c.reply(503, ""));
    ScriptedUpstream second = upstream((request, c) -> c.drain());
    GatewayConfig config = retried(GatewayConfig.to(first, second), "gateway-error");
    Operated operated =
        Operated.listen(gateway(config.with(MAIN + "retry/perTryTimeoutMillis", 0)));
    giveUp();
    assertThat(breaker(operated, 1).getInteger("failures")).isEqualTo(CALLS);
  }

  @Test
  void tryOnTheBusThatHadLittleOfTheTime_isNotCharged() throws Exception {
    GatewayConfig config =
        GatewayConfig.to(new int[0]).with("/upstreams/main", new JsonObject().put("bus", "silent"));
    Gateway gateway = gateway(retried(config, "timeout"));
    Operated operated = Operated.listen(gateway);
    MessageConsumer<Object> service =
        gateway.vertx().eventBus().localConsumer("silent", message -> {});
    try {
      giveUp();
      assertThat(breaker(operated, 0).getInteger("failures")).isEqualTo(CALLS);
    } finally {
      Await.result(service.unregister()); // The Vert.x may outlive the test.
    }
  }

  /** The client had most of the time for its upload, and the service the rest. */
  @Test
  void serviceThatHadLittleTimeAfterTheUpload_isNotCharged() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.drain());
    Operated operated =
        Operated.listen(
            gateway(
                retried(GatewayConfig.to(upstream), "connect-failure")
                    .with(MAIN + "retry/perTryTimeoutMillis", 0)));
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: 2");
    client.write("0");
    long begun = System.nanoTime();
    Await.until("it is late", () -> System.nanoTime() - begun > TRY_MILLIS * 1_000_000);
    client.write("1");
    assertThat(client.read().flag()).isEqualTo("UT");
    assertThat(breaker(operated, 0).getInteger("failures")).isZero();
  }
}
