package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The nodes of a cluster know of one another. */
class MembershipIT extends ClusterSuite {

  private static List<String> told(Operated node) {
    return node.events("member").stream()
        .filter(event -> event.getString("node").equals(node.id()))
        .map(event -> event.getString("state") + " " + event.getInteger("members"))
        .toList();
  }

  /** What a node tells comes after what it knows. */
  private static void awaitTold(Operated node, List<String> events) {
    Await.until(
        () -> "it tells " + events + ", not " + told(node),
        () -> told(node).equals(events),
        Await.PATIENCE);
  }

  @Test
  void nodesFindOneAnotherAndSeeOneLeave() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "a"));
    List<Operated> nodes = nodes(3, GatewayConfig.to(upstream));
    assertThat(nodes.get(0).gateway().metrics()).containsEntry("weir_cluster_nodes", 3.0);
    awaitTold(nodes.get(0), List.of("joined 2", "joined 3"));

    String gone = nodes.get(2).id();
    Await.result(nodes.remove(2).gateway().undeploy());
    awaitMembers(2);
    awaitTold(nodes.get(0), List.of("joined 2", "joined 3", "left 2"));
    List<JsonObject> events = nodes.get(0).events("member");
    JsonObject left = events.get(events.size() - 1);
    assertThat(left.getString("state")).isEqualTo("left");
    assertThat(left.getString("member")).isEqualTo(gone);
    assertThat(left.getInteger("members")).isEqualTo(2);
  }

  @Test
  void memberOfTheClusterWithoutAGatewayIsNone() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "a"));
    List<Operated> nodes = nodes(2, GatewayConfig.to(upstream));
    Await.result(nodes.get(1).gateway().undeploy());
    nodes.remove(1);
    awaitMembers(1);
    assertThat(nodes.get(0).gateway().vertx().isClustered()).isTrue();
  }
}
