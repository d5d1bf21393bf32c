package dev.weir.it;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A suite with several gateways in one cluster, each in a Vert.x of its own. */
abstract class ClusterSuite extends GatewaySuite {
  private static final int SIZE = 3;
  private static final List<Vertx> MEMBERS = new ArrayList<>();
  private static Loopback loopback;

  private final List<Operated> nodes = new ArrayList<>();

  private static synchronized Vertx member(int index) {
    if (loopback == null) {
      loopback = new Loopback(SIZE);
    }
    while (MEMBERS.size() <= index) {
      MEMBERS.add(loopback.start(MEMBERS.size()));
    }
    return MEMBERS.get(index);
  }

  /** Starts the next node; one after the other, up to three. */
  Operated node(GatewayConfig config) {
    Vertx vertx = member(nodes.size());
    config
        .with("/cluster/heartbeatMillis", 100)
        .with("/cluster/memberTimeoutMillis", 5000)
        .scale(scale());
    Operated node = Operated.listen(keep(Gateway.start(config, vertx, true)));
    nodes.add(node);
    return node;
  }

  /** Starts so many nodes that are all alike, and waits until all know of all. */
  List<Operated> nodes(int count, GatewayConfig config) {
    for (int i = 0; i < count; i++) {
      node(config);
    }
    awaitMembers(count);
    return nodes;
  }

  /** Waits until every node knows of so many, itself among them. */
  void awaitMembers(int count) {
    Await.until(
        () -> "all know of " + count + ", not " + nodes.stream().map(Operated::members).toList(),
        () -> nodes.stream().allMatch(node -> node.members() == count),
        Await.PATIENCE);
  }

  @AfterEach
  void forget() {
    nodes.clear();
  }
}
