package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bus.Addresses;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Deploys a ControlVerticle alone, and types messages to it. */
final class Operator {

  private final Vertx vertx;
  private final String deployment;
  private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();

  Operator(Vertx vertx) throws Exception {
    this(vertx, config());
  }

  Operator(Vertx vertx, JsonObject config) throws Exception {
    this.vertx = vertx;
    vertx.eventBus().<JsonObject>consumer(Addresses.EVENTS, event -> events.add(event.body()));
    DeploymentOptions options = new DeploymentOptions().setConfig(config);
    deployment = await(vertx.deployVerticle(new ControlVerticle(), options));
  }

  /** Two upstreams, {@code orders} with two endpoints and {@code users} with one, and a route. */
  static JsonObject config() {
    return new JsonObject()
        .put("accessLog", new JsonObject().put("mode", "off"))
        .put("routes", new JsonArray().add(route("all", "orders")))
        .put(
            "upstreams",
            new JsonObject().put("orders", upstream(9001, 9002)).put("users", upstream(9003)));
  }

  private static JsonObject route(String id, String upstream) {
    return new JsonObject().put("id", id).put("upstream", upstream);
  }

  private static JsonObject upstream(int... ports) {
    JsonArray endpoints = new JsonArray();
    for (int port : ports) {
      endpoints.add(new JsonObject().put("host", "10.0.0.7").put("port", port));
    }
    return new JsonObject().put("endpoints", endpoints);
  }

  static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(10, TimeUnit.SECONDS);
  }

  /** The answer to a message, whatever it is. */
  JsonObject send(Object message) throws TimeoutException {
    return askAt(Addresses.CONTROL, message);
  }

  JsonObject askAt(String address, Object message) throws TimeoutException {
    return (JsonObject) await(vertx.eventBus().request(address, message)).body();
  }

  /** The answer to a command with the given keys and values. */
  JsonObject ask(String op, Object... fields) throws TimeoutException {
    JsonObject message = new JsonObject().put("op", op);
    for (int i = 0; i < fields.length; i += 2) {
      message.put((String) fields[i], fields[i + 1]);
    }
    return send(message);
  }

  /** Asks for what must be refused, and checks that nothing has changed. */
  JsonObject refused(String op, Object... fields) throws Exception {
    Snapshot before = snapshot();
    JsonObject answer = ask(op, fields);
    assertThat(answer.fieldNames()).containsExactly("error");
    assertThat(snapshot()).isSameAs(before);
    assertNoEvent();
    return answer.getJsonObject("error");
  }

  JsonObject event() throws InterruptedException {
    JsonObject event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).as("an event within 10 s").isNotNull();
    return event;
  }

  /**
   * Checks that nothing was published so far: a message of our own overtakes none of the others.
   */
  void assertNoEvent() throws InterruptedException {
    vertx.eventBus().publish(Addresses.EVENTS, new JsonObject().put("type", "mark"));
    assertThat(event().getString("type")).isEqualTo("mark");
  }

  Node node() {
    return Node.of(vertx);
  }

  Snapshot snapshot() {
    return node().snapshot();
  }

  Endpoint endpoint(String upstream, int index) {
    return snapshot().upstreams().get(upstream).endpoints().get(index);
  }

  void undeploy() throws TimeoutException {
    await(vertx.undeploy(deployment));
  }
}
