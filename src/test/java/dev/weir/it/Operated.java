package dev.weir.it;

import dev.weir.cluster.Mesh;
import dev.weir.node.Node;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A gateway as its operator sees it: commands, states and events. */
final class Operated {
  private final Gateway gateway;
  private final Queue<JsonObject> events = new ConcurrentLinkedQueue<>();

  private Operated(Gateway gateway) {
    this.gateway = gateway;
  }

  /** From now on hears what {@code gateway} publishes at {@code address}. */
  static Operated listen(Gateway gateway, String address) {
    Operated operated = new Operated(gateway);
    Await.result(
        gateway
            .vertx()
            .eventBus()
            .<JsonObject>localConsumer(address, event -> operated.events.add(event.body()))
            .completion());
    return operated;
  }

  static Operated listen(Gateway gateway) {
    return listen(gateway, "weir.events");
  }

  Gateway gateway() {
    return gateway;
  }

  /** The id of the node. */
  String id() {
    return Node.of(gateway.vertx()).id();
  }

  /** How many nodes of the cluster it knows. */
  int members() {
    return Mesh.of(gateway.vertx(), Node.of(gateway.vertx())).members().size();
  }

  /** Every event of a type so far. */
  List<JsonObject> events(String type) {
    return all().stream().filter(event -> type.equals(event.getString("type"))).toList();
  }

  List<JsonObject> all() {
    return List.copyOf(events);
  }

  /** Whether there was an event of what a command has changed. */
  boolean has(String op) {
    return all().stream().anyMatch(event -> op.equals(event.getString("op")));
  }

  JsonObject command(String op, Object... keysAndValues) {
    JsonObject command = new JsonObject().put("op", op).put("upstream", "main");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      command.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return Await.result(gateway.vertx().eventBus().<JsonObject>request("weir.control", command))
        .body();
  }

  JsonObject breaker() {
    return command("upstream.show").getJsonObject("circuitBreaker");
  }

  void awaitBreaker(String state) {
    Await.until(
        () -> "the breaker is " + state + ", not " + breaker(),
        () -> breaker().getString("state").equals(state),
        Await.PATIENCE);
  }

  /** What operators see of an endpoint, by its place in the configuration. */
  JsonObject endpoint(int place) {
    return command("upstream.show").getJsonArray("endpoints").getJsonObject(place);
  }

  void awaitEjected(int place, boolean ejected) {
    Await.until(
        () -> "endpoint " + place + " ejected: " + ejected,
        () -> endpoint(place).getBoolean("ejected") == ejected,
        Await.PATIENCE);
  }
}
