package dev.weir.it;

import dev.weir.WeirVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Two clustered Vert.x nodes on the loopback interface, started once for all tests. On the second
 * one stands a gateway whose upstream can't be reached: an exchange that strays there fails.
 */
final class Cluster {
  private static final int UNREACHABLE = 1;
  private static final Cluster INSTANCE = new Cluster();

  private final Vertx node;

  private Cluster() {
    Loopback loopback = new Loopback(2);
    node = loopback.start(0);
    Vertx other = loopback.start(1);
    DeploymentOptions options = new DeploymentOptions().setConfig(decoy());
    Await.result(other.deployVerticle(new WeirVerticle(), options));
  }

  /** The node for the gateway under test. */
  static Vertx node() {
    return INSTANCE.node;
  }

  private static JsonObject decoy() {
    JsonObject endpoint = new JsonObject().put("host", "127.0.0.1").put("port", UNREACHABLE);
    JsonObject upstream = new JsonObject().put("endpoints", new JsonArray().add(endpoint));
    JsonObject listener = new JsonObject().put("host", "127.0.0.1").put("port", 0);
    return new JsonObject()
        .put("ingress", new JsonArray().add(listener))
        .put("upstreams", new JsonObject().put("up", upstream))
        .put("cluster", new JsonObject().put("configuration", "own"))
        .put("accessLog", new JsonObject().put("mode", "off"))
        .put("admin", new JsonObject().put("enabled", false));
  }
}
