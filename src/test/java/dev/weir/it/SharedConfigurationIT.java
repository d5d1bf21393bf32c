package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Node;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** The configuration of the nodes of a cluster is one. */
class SharedConfigurationIT extends ClusterSuite {
  /** Long enough to be seen on a machine with other work. */
  private static final int A_WHILE_MILLIS = 1500;

  private ScriptedUpstream endpoint(String name) throws IOException {
    return upstream((request, c) -> c.reply(200, name));
  }

  private GatewayConfig config() throws IOException {
    return GatewayConfig.to(endpoint("a"), endpoint("b"));
  }

  private static Node node(Operated node) {
    return Node.of(node.gateway().vertx());
  }

  private static long version(Operated node) {
    return node(node).snapshot().version();
  }

  private static int weight(Operated node, int place) {
    return node.endpoint(place).getInteger("weight");
  }

  private static JsonObject weigh(Operated node, int place, int weight, Object... more) {
    Object[] fields = new Object[4 + more.length];
    fields[0] = "endpoint";
    fields[1] = node.endpoint(place).getString("endpoint");
    fields[2] = "weight";
    fields[3] = weight;
    System.arraycopy(more, 0, fields, 4, more.length);
    return node.command("endpoint.weight", fields);
  }

  private static void awaitWeight(Operated node, int place, int weight) {
    Await.until("endpoint " + place + " weighs " + weight, () -> weight(node, place) == weight);
  }

  @Test
  void changeOnOneNode_isAChangeOnAll() throws Exception {
    List<Operated> nodes = nodes(3, config());
    assertThat(weigh(nodes.get(0), 1, 0).getLong("version")).isEqualTo(2);
    for (Operated node : nodes) {
      awaitWeight(node, 1, 0);
      assertThat(version(node)).isEqualTo(2);
      awaitAnswering(client(node.gateway().port()), "a"); // Its lanes follow.
    }
    Await.until("its event is heard", () -> nodes.get(0).events("config").size() == 1);
    JsonObject event = nodes.get(0).events("config").get(0);
    assertThat(event.getString("node")).isEqualTo(nodes.get(0).id());
    assertThat(event.getLong("version")).isEqualTo(2);
    assertThat(event.getJsonArray("changes")).containsExactly("/upstreams/main");
  }

  @Test
  void nodeThatJoins_startsFromTheVersionOfTheOthers() throws Exception {
    Operated first = node(config());
    weigh(first, 1, 7);
    Operated second = node(GatewayConfig.to(endpoint("c")));
    assertThat(version(second)).isEqualTo(2);
    assertThat(weight(second, 1)).isEqualTo(7);
    assertThat(client(second.gateway().port()).get("/").text()).isIn("a", "b");
    weigh(second, 1, 8);
    awaitWeight(first, 1, 8);
  }

  @Test
  void nodeThatSeeds_changesTheOthers() throws Exception {
    Operated first = node(config());
    node(GatewayConfig.to(endpoint("c")).with("/cluster/configuration", "seed"));
    Await.until("the first node has it", () -> version(first) == 2);
    awaitAnswering(client(first.gateway().port()), "c"); // Its lanes follow.
  }

  @Test
  void nodeWithItsOwn_isLeftAlone() throws Exception {
    Operated first = node(config());
    Operated second = node(config().with("/cluster/configuration", "own"));
    weigh(first, 1, 7);
    weigh(second, 0, 5);
    assertThat(weight(second, 1)).isEqualTo(1);
    assertThat(weight(first, 0)).isEqualTo(1);
  }

  @Test
  void bothNodesChangeAtOnce_andNothingIsLost() throws Exception {
    List<Operated> nodes = nodes(2, config());
    List<Thread> threads =
        List.of(
            new Thread(() -> times(50, i -> weigh(nodes.get(0), 0, i))),
            new Thread(() -> times(50, i -> weigh(nodes.get(1), 1, i))));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    for (Operated node : nodes) {
      Await.until("all are there", () -> version(node) == 101);
      assertThat(List.of(weight(node, 0), weight(node, 1))).containsExactly(50, 50);
    }
    assertThat(node(nodes.get(0)).replica().history())
        .isEqualTo(node(nodes.get(1)).replica().history())
        .hasSize(100);
  }

  private static void times(int count, IntConsumer action) {
    for (int i = 1; i <= count; i++) {
      action.accept(i);
    }
  }

  @Test
  void staleVersion_isStaleOnEveryNode() throws Exception {
    List<Operated> nodes = nodes(2, config());
    weigh(nodes.get(0), 0, 3);
    JsonObject error = weigh(nodes.get(1), 0, 4, "ifVersion", 1).getJsonObject("error");
    assertThat(error.getString("code")).isEqualTo("stale");
    assertThat(error.getLong("version")).isEqualTo(2);
  }

  @Test
  void changeForAWhile_endsOnAllNodes() throws Exception {
    List<Operated> nodes = nodes(2, config());
    weigh(nodes.get(0), 0, 0, "ttlMillis", A_WHILE_MILLIS);
    awaitWeight(nodes.get(1), 0, 0);
    awaitWeight(nodes.get(1), 0, 1);
    awaitWeight(nodes.get(0), 0, 1);
    assertThat(version(nodes.get(1))).isEqualTo(3);
  }

  @Test
  void changeForAWhile_outlivesItsNode() throws Exception {
    List<Operated> nodes = nodes(2, config());
    weigh(nodes.get(0), 0, 0, "ttlMillis", A_WHILE_MILLIS);
    awaitWeight(nodes.get(1), 0, 0);
    nodes.get(0).gateway().close();
    awaitWeight(nodes.get(1), 0, 1);
  }

  @Test
  void lastNodeThatLeaves_takesTheConfigurationWithIt() throws Exception {
    Operated first = node(config());
    weigh(first, 0, 9);
    first.gateway().close();
    Operated next = node(config());
    assertThat(version(next)).isEqualTo(1);
    assertThat(weight(next, 0)).isEqualTo(1);
  }

  @Test
  void tooFewNodes_changeNothing() throws Exception {
    Operated node = node(config().with("/cluster/minNodes", 4));
    JsonObject error = weigh(node, 0, 3).getJsonObject("error");
    assertThat(error.getString("code")).isEqualTo("unavailable");
    assertThat(node.gateway().metrics()).containsEntry("weir_config_partitioned", 1.0);
    assertThat(node.gateway().admin("/health").text().replace(" ", ""))
        .contains("\"partitioned\":true");
    assertThat(client(node.gateway().port()).get("/").status()).isEqualTo(200);
  }
}
