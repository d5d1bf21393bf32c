package dev.weir.it;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import dev.weir.WeirVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.UUID;

/**
 * Two clustered Vert.x nodes on the loopback interface, started once for all tests. On the second
 * one stands a gateway whose upstream can't be reached: an exchange that strays there fails.
 */
final class Cluster {
  private static final int UNREACHABLE = 1;
  private static final Cluster INSTANCE = new Cluster();

  private final Vertx node;

  private Cluster() {
    String name = UUID.randomUUID().toString();
    node = start(name);
    Vertx other = start(name);
    DeploymentOptions options = new DeploymentOptions().setConfig(decoy());
    Await.result(other.deployVerticle(new WeirVerticle(), options));
  }

  /** The node for the gateway under test. */
  static Vertx node() {
    return INSTANCE.node;
  }

  private static Vertx start(String name) {
    VertxOptions options = new VertxOptions().setEventLoopPoolSize(2);
    options.getEventBusOptions().setHost("127.0.0.1");
    return Await.result(
        Vertx.builder()
            .with(options)
            .withClusterManager(new HazelcastClusterManager(loopback(name)))
            .buildClustered());
  }

  private static Config loopback(String name) {
    Config config = new Config().setClusterName(name);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.logging.type", "none");
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember("127.0.0.1");
    return config;
  }

  private static JsonObject decoy() {
    JsonObject endpoint = new JsonObject().put("host", "127.0.0.1").put("port", UNREACHABLE);
    JsonObject upstream = new JsonObject().put("endpoints", new JsonArray().add(endpoint));
    JsonObject listener = new JsonObject().put("host", "127.0.0.1").put("port", 0);
    return new JsonObject()
        .put("ingress", new JsonArray().add(listener))
        .put("upstreams", new JsonObject().put("up", upstream))
        .put("accessLog", new JsonObject().put("mode", "off"))
        .put("admin", new JsonObject().put("enabled", false));
  }
}
