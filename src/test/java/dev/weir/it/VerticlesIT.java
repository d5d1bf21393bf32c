package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What {@code blue-green.groovy} and {@code MaintenanceWindow.java} are for. */
class VerticlesIT extends VerticleSuite {

  private static JsonObject to(String upstream) {
    return new JsonObject().put("to", upstream);
  }

  private static JsonObject change(Vertx vertx, String upstream) {
    return Await.result(
        vertx.eventBus().<JsonObject>request("blue-green", to(upstream)).map(m -> m.body()));
  }

  @Test
  void routeIsSwitchedAtOnceAndBackWithoutAFailedRequest() throws Exception {
    ScriptedUpstream blue = upstream((request, c) -> c.reply(200, request.target()));
    ScriptedUpstream green = upstream((request, c) -> c.reply(200, request.target()));
    ScriptedUpstream out = upstream((request, c) -> c.reply(200, request.target()));
    JsonObject broken = GatewayConfig.upstream(out.port());
    broken.getJsonArray("endpoints").getJsonObject(0).put("weight", 0);
    Gateway gateway =
        gateway(
            GatewayConfig.to(blue)
                .with("/upstreams/green", GatewayConfig.upstream(green.port()))
                .with("/upstreams/broken", broken));
    Vertx vertx = gateway.vertx();
    deploy(vertx, "blue-green.groovy", new JsonObject().put("route", "all"));
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), 2)) {
      load.awaitRequests(100);
      assertThat(green.requests()).isZero();
      JsonObject answer = change(vertx, "green");
      assertThat(answer.getString("from")).isEqualTo("main");
      assertThat(answer.getInteger("version")).isEqualTo(2);
      Await.still(blue::requests);
      load.awaitRequests(load.requests() + 100);
      assertThat(green.requests()).isPositive();
      assertThatThrownBy(() -> change(vertx, "broken"))
          .hasMessageContaining("not ready: 127.0.0.1:");
      assertThatThrownBy(() -> change(vertx, "none")).hasMessageContaining("not-found");
      change(vertx, "main");
      Await.still(green::requests);
      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  void routeIsSwitchedByTheDeploymentAlone() throws Exception {
    ScriptedUpstream blue = upstream((request, c) -> c.reply(200, "blue"));
    ScriptedUpstream green = upstream((request, c) -> c.reply(200, "green"));
    JsonObject second = GatewayConfig.upstream(green.port());
    Gateway gateway = gateway(GatewayConfig.to(blue).with("/upstreams/green", second));
    deploy(gateway.vertx(), "blue-green.groovy", to("green").put("route", "all"));
    assertThat(client().get("/").text()).isEqualTo("green");
    assertThatThrownBy(
            () -> deploy(gateway.vertx(), "blue-green.groovy", to("main").put("route", "none")))
        .hasMessageContaining("no route none");
  }

  @Test
  void endpointIsDrainedForTheWindowAndTheGatewayTakesItBack() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedUpstream busy =
        upstream(
            (request, c) -> {
              release.await();
              c.reply(200, "done");
            });
    ScriptedUpstream other = upstream((request, c) -> c.reply(200, "other"));
    GatewayConfig config = GatewayConfig.to(busy, other);
    config.with("/upstreams/main/balancer/policy", "first");
    Operated gateway = Operated.listen(gateway(config));
    Vertx vertx = gateway.gateway().vertx();
    RawClient waiting = client();
    waiting.request("GET", "/");
    Await.until("it is in flight", () -> gateway.gateway().inFlight() == 1);
    hear(vertx, "maintenance");
    String deployment =
        deploy(
            vertx,
            "MaintenanceWindow.java",
            new JsonObject()
                .put("upstream", "main")
                .put("endpoint", "127.0.0.1:" + busy.port())
                .put("at", Instant.now().plusMillis(200).toString())
                .put("minutes", 0.03));
    awaitState("draining");
    assertThat(gateway.endpoint(0).getBoolean("draining")).isTrue();
    assertThat(client().get("/").text()).isEqualTo("other");
    assertThat(states()).as("as long as somebody waits for it").containsExactly("draining");
    release.countDown();
    assertThat(waiting.read().text()).isEqualTo("done");
    awaitState("idle");
    Await.result(vertx.undeploy(deployment));
    Await.until("it takes part again", () -> !gateway.endpoint(0).getBoolean("draining"));
  }
}
