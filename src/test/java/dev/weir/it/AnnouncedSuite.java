package dev.weir.it;

import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A suite with gateways and services on members of one cluster, each a Vert.x of its own. */
abstract class AnnouncedSuite extends GatewaySuite {
  private static final int SIZE = 4;

  private final Loopback loopback = new Loopback(SIZE);
  private final List<Vertx> homes = new ArrayList<>();
  private int members;

  /** Starts the next member of the cluster, one for services. */
  Vertx home() {
    Vertx vertx = loopback.start(members++);
    homes.add(vertx);
    return vertx;
  }

  /** Starts a gateway on the next member, whose upstream {@code main} is announced. */
  Operated node() {
    return node(config());
  }

  /** Starts a gateway on the next member. */
  Operated node(GatewayConfig config) {
    return Operated.listen(keep(Gateway.start(config, loopback.start(members++), false)));
  }

  /** One whose upstream {@code main} is announced. */
  static GatewayConfig config() {
    JsonObject announce = new JsonObject().put("hosts", new JsonArray().add("127.0.0.1"));
    return GatewayConfig.to(new int[0])
        .with("/upstreams/main/announce", announce)
        .with("/cluster/heartbeatMillis", 100)
        .with("/cluster/memberTimeoutMillis", 5000);
  }

  /** The ids of the endpoints that a gateway has. */
  static List<String> endpoints(Operated node) {
    return Node.of(node.gateway().vertx()).snapshot().upstreams().get("main").endpoints().stream()
        .map(Endpoint::id)
        .toList();
  }

  /** Waits until a gateway has so many endpoints. */
  static void awaitEndpoints(Operated node, int count) {
    Await.until(
        () -> count + " endpoints, not " + endpoints(node),
        () -> endpoints(node).size() == count,
        Await.PATIENCE);
  }

  @AfterEach
  void closeHomes() {
    homes.forEach(home -> Await.result(home.close()));
  }
}
