package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the traffic of one node sees of an endpoint, and what becomes of it on the others. */
class SharedEjectionIT extends ClusterSuite {

  /** Fails the requests that name it. */
  private ScriptedUpstream endpoint(String name) throws IOException {
    return upstream(
        (request, c) -> c.reply(request.target().equals("/no-" + name) ? 500 : 200, name));
  }

  private GatewayConfig config(int quorum) throws IOException {
    return GatewayConfig.to(endpoint("a"), endpoint("b"), endpoint("c"))
        .with("/upstreams/main/outlier", new JsonObject().put("baseEjectionMillis", 3000))
        .with("/upstreams/main/health", new JsonObject().put("quorum", quorum));
  }

  private void makeItEject(Operated node, int place, String name) throws IOException {
    RawClient client = client(node.gateway().port());
    while (!node.endpoint(place).getBoolean("ejected")) {
      client.get("/no-" + name);
    }
  }

  private static long ejected(Operated node) {
    return IntStream.range(0, 3)
        .filter(place -> node.endpoint(place).getBoolean("ejected"))
        .count();
  }

  @Test
  void ejectionReachesTheOtherNodesAndEndsThere() throws Exception {
    List<Operated> nodes = nodes(3, config(1));
    makeItEject(nodes.get(0), 0, "a");
    nodes.get(1).awaitEjected(0, true);
    nodes.get(2).awaitEjected(0, true);
    Await.until("it is told", () -> !nodes.get(1).events("ejection").isEmpty());
    JsonObject event = nodes.get(1).events("ejection").get(0);
    assertThat(event.getString("cause")).isEqualTo("other-nodes");
    nodes.get(0).awaitEjected(0, false);
    nodes.get(1).awaitEjected(0, false);
    nodes.get(2).awaitEjected(0, false);
  }

  @Test
  void ejectionByANodeThatGoesIsForgotten() throws Exception {
    GatewayConfig config = config(1).with("/upstreams/main/outlier/baseEjectionMillis", 300_000);
    List<Operated> nodes = nodes(2, config);
    makeItEject(nodes.get(1), 0, "a");
    nodes.get(0).awaitEjected(0, true);
    Await.result(nodes.remove(1).gateway().undeploy());
    nodes.get(0).awaitEjected(0, false);
  }

  @Test
  void nodeThatJoinsTakesAnEjectionThatStands() throws Exception {
    GatewayConfig config = config(1).with("/upstreams/main/outlier/baseEjectionMillis", 300_000);
    List<Operated> nodes = nodes(2, config);
    makeItEject(nodes.get(0), 0, "a");
    nodes.get(1).awaitEjected(0, true);
    node(config).awaitEjected(0, true);
  }

  @Test
  void nodeWhoseOutlierChangesTakesAnEjectionThatStands() throws Exception {
    List<Operated> nodes = nodes(2, own());
    makeItEject(nodes.get(0), 0, "a");
    nodes.get(1).awaitEjected(0, true);
    JsonObject outlier = new JsonObject().put("intervalMillis", 5000);
    patch(nodes.get(1), new JsonObject().put("outlier", outlier));
    Await.until(
        "it has returned, and is out again",
        () ->
            nodes.get(1).events("ejection").stream()
                .map(event -> event.getString("outcome"))
                .toList()
                .equals(List.of("ejected", "returned", "ejected")));
  }

  @Test
  void nodeThatGetsAnEndpointTakesAnEjectionThatStands() throws Exception {
    GatewayConfig config = own();
    Operated first = node(config);
    JsonArray endpoints =
        config.json().getJsonObject("upstreams").getJsonObject("main").getJsonArray("endpoints");
    JsonArray fewer = endpoints.copy();
    fewer.remove(0);
    Operated second = node(config.with("/upstreams/main/endpoints", fewer));
    awaitMembers(2);
    makeItEject(first, 0, "a");
    patch(second, new JsonObject().put("endpoints", endpoints));
    second.awaitEjected(0, true);
  }

  /** Nodes whose configurations may differ. */
  private GatewayConfig own() throws IOException {
    return config(1)
        .with("/upstreams/main/outlier/baseEjectionMillis", 300_000)
        .with("/cluster/configuration", "own");
  }

  private static void patch(Operated node, JsonObject main) {
    JsonObject patch = new JsonObject().put("upstreams", new JsonObject().put("main", main));
    JsonObject command = new JsonObject().put("op", "config.patch").put("patch", patch);
    JsonObject reply =
        Await.result(node.gateway().vertx().eventBus().<JsonObject>request("weir.control", command))
            .body();
    assertThat(reply.getInteger("version")).as(reply.encode()).isPositive();
  }

  @Test
  void twoOfThreeNodesMakeTheThirdEject() throws Exception {
    List<Operated> nodes = nodes(3, config(2));
    makeItEject(nodes.get(0), 0, "a");
    assertThat(Await.still(() -> ejected(nodes.get(2)))).isZero();
    makeItEject(nodes.get(1), 0, "a");
    nodes.get(2).awaitEjected(0, true);
  }

  @Test
  void nodesThatSeeDifferentTroubleDoNotEjectEverything() throws Exception {
    List<Operated> nodes = nodes(2, config(1));
    RawClient first = client(nodes.get(0).gateway().port());
    RawClient second = client(nodes.get(1).gateway().port());
    for (int i = 0; i < 60; i++) {
      first.get("/no-a");
      second.get("/no-b");
    }
    for (Operated node : nodes) {
      assertThat(ejected(node)).as("one of three is the share").isEqualTo(1);
    }
    Await.until(
        "what is beyond the share is told",
        () ->
            nodes.stream()
                .flatMap(node -> node.events("ejection").stream())
                .anyMatch(event -> event.getString("outcome").equals("overflowed")));
  }
}
