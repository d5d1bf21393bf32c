package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Settings of breakers and of ejection that change while requests are under way. */
class ReconfiguredIT extends GatewaySuite {
  private static final String BREAKER = "/upstreams/main/circuitBreaker";
  private static final String OUTLIER = "/upstreams/main/outlier";
  private static final int RUN = 5;

  private final CountDownLatch hang = new CountDownLatch(1);
  private final AtomicInteger status = new AtomicInteger(200);

  private static JsonObject breaker(String scope) {
    return new JsonObject()
        .put("scope", scope)
        .put("windowSize", RUN)
        .put("openMillis", 60_000)
        .put("openJitterPercent", 0);
  }

  /** Resets each of its requests when it is told to. */
  private ScriptedUpstream hanging() throws IOException {
    return upstream(
        (request, c) -> {
          hang.await();
          c.reset();
        });
  }

  private ScriptedUpstream onCommand() throws IOException {
    return upstream((request, c) -> c.reply(status.get(), ""));
  }

  private static void patch(Operated operated, String pointer, Object value) {
    JsonObject patch = new JsonObject();
    JsonPointer.from(pointer).writeJson(patch, value, true);
    JsonObject command = new JsonObject().put("op", "config.patch").put("patch", patch);
    JsonObject reply =
        Await.result(
                operated.gateway().vertx().eventBus().<JsonObject>request("weir.control", command))
            .body();
    assertThat(reply.getInteger("version")).as(reply.encode()).isPositive();
  }

  /** As many requests hang as would be a run of failures; they fail after the change. */
  private void failAcross(ScriptedUpstream upstream, Runnable change) throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < RUN; i++) {
      RawClient client = client();
      client.request("GET", "/");
      clients.add(client);
    }
    Await.until("all are under way", () -> upstream.requests() == RUN);
    change.run();
    hang.countDown();
    for (RawClient each : clients) {
      assertThat(each.read().flag()).isEqualTo("UF");
    }
  }

  @Test
  void detectorThatWasReplaced_ejectsNobody() throws Exception {
    ScriptedUpstream upstream = hanging();
    Operated operated =
        Operated.listen(gateway(GatewayConfig.to(upstream).with(OUTLIER, new JsonObject())));
    failAcross(upstream, () -> patch(operated, OUTLIER + "/baseEjectionMillis", 60_000));
    assertThat(operated.endpoint(0).getBoolean("ejected")).isFalse();
    assertThat(operated.events("ejection")).isEmpty();
  }

  @Test
  void breakerOfAnEndpointThatWasReplaced_takesNobodyOut() throws Exception {
    ScriptedUpstream upstream = hanging();
    Operated operated =
        Operated.listen(gateway(GatewayConfig.to(upstream).with(BREAKER, breaker("endpoint"))));
    failAcross(upstream, () -> patch(operated, BREAKER + "/openMillis", 30_000));
    JsonObject endpoint = operated.endpoint(0);
    assertThat(endpoint.getBoolean("ejected")).isFalse();
    assertThat(endpoint.getJsonObject("circuitBreaker").getInteger("calls")).isZero();
    assertThat(operated.events("breaker")).isEmpty();
  }

  @Test
  void changeOfEjection_leavesTheBreakerAsItIs() throws Exception {
    Operated operated =
        Operated.listen(gateway(GatewayConfig.to(onCommand()).with(BREAKER, breaker("upstream"))));
    operated.command("breaker.open");
    patch(operated, OUTLIER, new JsonObject());
    assertThat(operated.breaker().getString("state")).isEqualTo("FORCED_OPEN");
    patch(operated, OUTLIER + "/dryRun", true);
    patch(operated, "/upstreams/main/timeouts/requestMillis", 5000);
    assertThat(client().get("/").flag()).isEqualTo("CB");
    Await.until("what the operator did is told", () -> !operated.events("breaker").isEmpty());
    assertThat(operated.events("breaker")).hasSize(1);
  }

  @Test
  void changeOfTheBreaker_isToldAndLeavesEjectionAsItIs() throws Exception {
    status.set(500);
    ScriptedUpstream sick = onCommand();
    GatewayConfig config =
        GatewayConfig.to(sick)
            .with(BREAKER, breaker("upstream"))
            .with(OUTLIER, new JsonObject().put("baseEjectionMillis", 300_000));
    Operated operated = Operated.listen(gateway(config));
    RawClient client = client();
    for (int i = 0; i < RUN; i++) {
      assertThat(client.get("/").status()).isEqualTo(500);
    }
    operated.awaitBreaker("OPEN");
    operated.awaitEjected(0, true);
    patch(operated, BREAKER + "/openMillis", 30_000);
    operated.awaitBreaker("CLOSED");
    assertThat(operated.breaker().getLong("sequence")).isZero();
    assertThat(operated.endpoint(0).getBoolean("ejected")).isTrue();
    Await.until("it is told", () -> operated.events("breaker").size() == 2);
    JsonObject event = operated.events("breaker").get(1);
    assertThat(event.getString("from")).isEqualTo("OPEN");
    assertThat(event.getString("state")).isEqualTo("CLOSED");
    assertThat(event.getString("cause")).isEqualTo("removed");
    assertThat(event.getLong("sequence")).isEqualTo(2);
  }

  @Test
  void endOfEjection_letsEverybodyReturn() throws Exception {
    status.set(500);
    GatewayConfig config =
        GatewayConfig.to(onCommand())
            .with(OUTLIER, new JsonObject().put("baseEjectionMillis", 300_000));
    Operated operated = Operated.listen(gateway(config));
    RawClient client = client();
    for (int i = 0; i < RUN; i++) {
      client.get("/");
    }
    operated.awaitEjected(0, true);
    patch(operated, OUTLIER, null);
    operated.awaitEjected(0, false);
    Await.until("both are told", () -> operated.events("ejection").size() == 2);
    assertThat(operated.events("ejection"))
        .extracting(event -> event.getString("outcome"))
        .containsExactly("ejected", "returned");
  }

  @Test
  void breakerOfAnUpstreamThatIsRemoved_isOver() throws Exception {
    ScriptedUpstream other = onCommand();
    GatewayConfig config =
        GatewayConfig.to(onCommand())
            .with("/upstreams/spare", GatewayConfig.upstream(other.port()))
            .with("/upstreams/spare/circuitBreaker", breaker("upstream"));
    Operated operated = Operated.listen(gateway(config));
    operated.command("breaker.open", "upstream", "spare");
    operated.command("upstream.remove", "upstream", "spare");
    Await.until("it is told", () -> operated.events("breaker").size() == 2);
    assertThat(operated.events("breaker").get(1).getString("cause")).isEqualTo("removed");
  }
}
