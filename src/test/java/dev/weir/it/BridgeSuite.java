package dev.weir.it;

import dev.weir.node.Node;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What the suites of the bridge share: a gateway with one, and its clients. */
abstract class BridgeSuite extends GatewaySuite {
  private final List<BusClient> clients = new ArrayList<>();

  /** A gateway whose bridge has these keys beside those that every test needs. */
  Gateway bridged(String keys) throws IOException {
    JsonObject bridge =
        new JsonObject()
            .put("enabled", true)
            .put("port", 0)
            .mergeIn(new JsonObject(keys.replace('\'', '"')));
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, request.target()));
    return gateway(GatewayConfig.to(upstream).with("/bridge", bridge));
  }

  static int port(Gateway gateway) {
    return Node.of(gateway.vertx()).ports().bridge();
  }

  BusClient bus(Gateway gateway) throws IOException {
    return keep(BusClient.connect(port(gateway)));
  }

  BusClient keep(BusClient client) {
    clients.add(client);
    return client;
  }

  static double metric(Gateway gateway, String name) throws IOException {
    return gateway.metrics().get("weir_bridge_" + name);
  }

  /** Waits until the gateway has noticed that so many clients are left. */
  static void awaitClients(Gateway gateway, int count) {
    Await.until(
        count + " clients are left",
        () -> {
          try {
            return metric(gateway, "connections") == count;
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @AfterEach
  void closeClients() throws IOException {
    for (BusClient client : clients) {
      client.close();
    }
  }
}
