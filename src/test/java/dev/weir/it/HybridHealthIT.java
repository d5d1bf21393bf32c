package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What probes and traffic find out of an endpoint, and what one of them takes back of the other.
 */
class HybridHealthIT extends GatewaySuite {
  private static final String OBSERVED = "weir.health.observed";

  private final AtomicInteger probes = new AtomicInteger();
  private final AtomicInteger health = new AtomicInteger(200);

  private static JsonObject hybrid(int intervalMillis, int fall) {
    JsonObject active =
        new JsonObject()
            .put("path", "/health")
            .put("intervalMillis", intervalMillis)
            .put("timeoutMillis", 2000)
            .put("fall", fall);
    return new JsonObject().put("active", active); // Hybrid by default.
  }

  private ScriptedUpstream probed(ScriptedUpstream.Answer traffic) throws IOException {
    return upstream(
        (request, c) -> {
          if (request.target().equals("/health")) {
            probes.incrementAndGet();
            c.reply(health.get(), "");
          } else {
            traffic.to(request, c);
          }
        });
  }

  private static GatewayConfig config(ScriptedUpstream upstream, JsonObject health) {
    return GatewayConfig.to(upstream)
        .with("/upstreams/main/health", health)
        .with("/upstreams/main/balancer", new JsonObject().put("panicPercent", 0));
  }

  @Test
  void answersToTraffic_takeBackProbesWithoutOne() throws Exception {
    AtomicInteger unanswered = new AtomicInteger();
    ScriptedUpstream silent =
        scripted(
            c -> {
              unanswered.incrementAndGet();
              c.drain();
            });
    ScriptedUpstream well = upstream((request, c) -> c.reply(200, request.target()));
    JsonObject health = hybrid(200, 5);
    health.getJsonObject("active").put("port", silent.port()).put("timeoutMillis", 200);
    Operated operated = Operated.listen(gateway(config(well, health)));
    try (SteadyLoad load = SteadyLoad.start(operated.gateway().port(), 2)) {
      Await.until("twice as many as take it out", () -> unanswered.get() > 10);
      assertThat(operated.events("health")).isEmpty();
      assertThat(load.failures()).isEmpty();
    }
    Await.until("it is out", () -> !operated.endpoint(0).getBoolean("healthy"));
    Await.until("it is told", () -> !operated.events("health").isEmpty());
    assertThat(operated.events("health").get(0).getString("reason")).contains("no whole answer");
  }

  @Test
  void answersToTraffic_takeBackNothingThatTheEndpointSaysToAProbe() throws Exception {
    ScriptedUpstream upstream = probed((request, c) -> c.reply(200, request.target()));
    Operated operated = Operated.listen(gateway(config(upstream, hybrid(200, 3))));
    try (SteadyLoad load = SteadyLoad.start(operated.gateway().port(), 2)) {
      load.awaitRequests(100);
      health.set(503);
      Await.until("it is out", () -> !operated.endpoint(0).getBoolean("healthy"));
    }
  }

  @Test
  void probesThatSucceed_takeBackFailuresOfTrafficToReachIt() throws Exception {
    ScriptedUpstream upstream = probed((request, c) -> c.close());
    JsonObject outlier = new JsonObject().put("splitLocalFailures", true);
    GatewayConfig config = config(upstream, hybrid(20, 3)).with("/upstreams/main/outlier", outlier);
    Operated operated = Operated.listen(gateway(config));
    RawClient client = client();
    for (int i = 0; i < 12; i++) {
      assertThat(client.get("/").flag()).isEqualTo("UF");
      int before = probes.get();
      Await.until("a probe was heard, another began", () -> probes.get() >= before + 3);
    }
    assertThat(operated.events("ejection")).isEmpty();
  }

  @Test
  void whatTrafficSees_isToldInBatches() throws Exception {
    ScriptedUpstream upstream =
        upstream((request, c) -> c.reply(request.target().equals("/bad") ? 500 : 200, ""));
    GatewayConfig config = config(upstream, new JsonObject());
    Gateway gateway = gateway(config.with("/upstreams/main/outlier", new JsonObject()));
    Operated observer = Operated.listen(gateway, OBSERVED);
    RawClient client = client();
    for (int i = 0; i < 30; i++) {
      client.get(i % 10 == 0 ? "/bad" : "/good");
    }
    Await.until("all is told", () -> sum(observer, "requests") == 30);
    assertThat(sum(observer, "failures")).isEqualTo(3);
    assertThat(observer.all()).as("not one for each").hasSizeLessThan(30);
  }

  private static long sum(Operated observer, String key) {
    return observer.all().stream()
        .map(batch -> batch.getJsonArray("endpoints").getJsonObject(0))
        .mapToLong(seen -> seen.getLong(key))
        .sum();
  }

  @Test
  void messagesThatAreNotRight_changeNothing() throws Exception {
    ScriptedUpstream upstream = probed((request, c) -> c.reply(200, ""));
    Gateway gateway = gateway(config(upstream, hybrid(20, 2)));
    Operated operated = Operated.listen(gateway);
    JsonObject strange = new JsonObject().put("upstream", "main").put("requests", "many");
    for (Object message :
        List.of(
            "text",
            new JsonObject(),
            new JsonObject().put("endpoints", new JsonArray().add(strange)))) {
      gateway.vertx().eventBus().publish(OBSERVED, message);
    }
    health.set(503);
    Await.until("probes go on", () -> !operated.endpoint(0).getBoolean("healthy"));
  }
}
