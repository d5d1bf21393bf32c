package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@code verticles/canary.groovy}: leads a good version in, and takes a bad one back. */
class CanaryIT extends VerticleSuite {
  private static final int STABLE_WEIGHT = 50;

  private Operated gateway;

  private JsonObject canary(ScriptedUpstream.Answer answer) throws Exception {
    GatewayConfig config = config(answer);
    return canary(Operated.listen(gateway(config)));
  }

  private JsonObject canary(Operated first) {
    gateway = first;
    hear(first.gateway().vertx(), "canary");
    return new JsonObject()
        .put("upstream", "main")
        .put("endpoint", gateway.endpoint(1).getString("endpoint"))
        .put("steps", JsonArray.of(5, 25, 50))
        .put("stepMillis", 50)
        .put("minRequests", 20)
        .put("maxP99Millis", 5_000);
  }

  private GatewayConfig config(ScriptedUpstream.Answer answer) throws Exception {
    ScriptedUpstream stable = upstream((request, c) -> c.reply(200, request.target()));
    ScriptedUpstream canary = upstream(answer);
    return GatewayConfig.to(stable, canary)
        .with("/upstreams/main/balancer/policy", "weighted-round-robin")
        .with("/upstreams/main/endpoints/0/weight", STABLE_WEIGHT)
        .with("/upstreams/main/endpoints/1/weight", 0)
        .with("/cluster/heartbeatMillis", 100)
        .with("/cluster/memberTimeoutMillis", 5000);
  }

  private String deploy(JsonObject config) {
    return deploy(gateway.gateway().vertx(), "canary.groovy", config);
  }

  private int weight() {
    return gateway.endpoint(1).getInteger("weight");
  }

  @Test
  void goodVersionGetsAllStepsAndKeepsTheLast() throws Exception {
    JsonObject config = canary((request, c) -> c.reply(200, request.target()));
    String deployment = deploy(config);
    try (SteadyLoad load = SteadyLoad.start(gateway.gateway().port(), 2)) {
      JsonObject promoted = awaitState("promoted");
      assertThat(promoted.getInteger("requests")).isGreaterThanOrEqualTo(20);
      assertThat(promoted.getDouble("errorPercent")).isZero();
      assertThat(load.failures()).isEmpty();
    }
    assertThat(states()).containsExactly("step", "step", "step", "promoted");
    Await.result(gateway.gateway().vertx().undeploy(deployment));
    assertThat(weight()).isEqualTo(50);
  }

  @Test
  void versionThatFailsUnderMoreLoadIsTakenBack() throws Exception {
    AtomicInteger answers = new AtomicInteger();
    JsonObject config =
        canary(
            (request, c) -> {
              int status = weight() > 5 && answers.incrementAndGet() % 4 == 0 ? 500 : 200;
              c.reply(status, request.target());
            });
    deploy(config);
    try (SteadyLoad load = SteadyLoad.start(gateway.gateway().port(), 2)) {
      JsonObject back = awaitState("rolled-back");
      assertThat(back.getString("reason")).isEqualTo("too many errors");
      assertThat(back.getDouble("errorPercent")).isBetween(1.0, 60.0);
      assertThat(weight()).isZero();
      int until = load.failures().size();
      load.awaitRequests(load.requests() + 500);
      assertThat(load.failures().size() - until).as("requests on their way").isLessThan(5);
    }
    assertThat(states()).containsExactly("step", "step", "rolled-back");
  }

  @Test
  void slowVersionIsTakenBack() throws Exception {
    JsonObject config =
        canary(
            (request, c) -> {
              new java.util.concurrent.CountDownLatch(1)
                  .await(30, java.util.concurrent.TimeUnit.MILLISECONDS);
              c.reply(200, request.target());
            });
    deploy(config.put("maxP99Millis", 20));
    try (SteadyLoad load = SteadyLoad.start(gateway.gateway().port(), 2)) {
      JsonObject back = awaitState("rolled-back");
      assertThat(back.getString("reason")).isEqualTo("too slow");
      assertThat(back.getDouble("p99Millis")).isGreaterThanOrEqualTo(50);
      assertThat(weight()).isZero();
      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  void withoutTrafficNothingIsProvedAndTheEndOfTheVerticleTakesItBack() throws Exception {
    JsonObject config = canary((request, c) -> c.reply(200, request.target()));
    String deployment = deploy(config);
    awaitState("step");
    assertThat(weight()).isEqualTo(5);
    Await.result(gateway.gateway().vertx().undeploy(deployment));
    assertThat(weight()).isZero();
    assertThat(states()).containsExactly("step", "rolled-back");
  }

  /** Starts the same gateway on two nodes, the canary beside the first one. */
  private Operated two(ScriptedUpstream.Answer answer) throws Exception {
    Loopback cluster = new Loopback(2);
    GatewayConfig config = config(answer);
    Operated first = Operated.listen(keep(Gateway.start(config, cluster.start(0), false)));
    Operated second = Operated.listen(keep(Gateway.start(config, cluster.start(1), false)));
    Await.until("they know each other", () -> first.members() == 2 && second.members() == 2);
    deploy(canary(first));
    return second;
  }

  /** A change is in force on the other node once its copy of the document has reached it. */
  private static void awaitWeight(Operated node, int weight) throws Exception {
    Await.until(
        "weight " + weight + " on the other node",
        () -> node.endpoint(1).getInteger("weight") == weight);
  }

  @Test
  void errorsThatAnotherNodeSeesTakeItBack() throws Exception {
    Operated second = two((request, c) -> c.reply(500, "broken"));
    try (SteadyLoad load = SteadyLoad.start(second.gateway().port(), 2)) {
      JsonObject back = awaitState("rolled-back");
      assertThat(back.getString("reason")).isEqualTo("too many errors");
      assertThat(back.getInteger("nodes")).isEqualTo(2);
      assertThat(load.requests()).isPositive();
    }
    assertThat(weight()).isZero();
    awaitWeight(second, 0);
  }

  @Test
  void requestsOfAllNodesCount() throws Exception {
    Operated second = two((request, c) -> c.reply(200, request.target()));
    try (SteadyLoad one = SteadyLoad.start(gateway.gateway().port(), 1);
        SteadyLoad other = SteadyLoad.start(second.gateway().port(), 1)) {
      JsonObject promoted = awaitState("promoted");
      assertThat(promoted.getInteger("nodes")).isEqualTo(2);
      assertThat(one.failures()).isEmpty();
      assertThat(other.failures()).isEmpty();
    }
    assertThat(states()).containsExactly("step", "step", "step", "promoted");
    awaitWeight(second, 50);
  }
}
