package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(nodes)
        .flatMap(node -> node.events("ejection"))
        .extracting(event -> event.getString("outcome"))
        .contains("overflowed");
  }
}
