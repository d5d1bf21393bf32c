package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The gateway is operated by messages while it serves. */
class ControlIT extends ScaledSuite implements AlsoRemote {
  private static final int CONNECTIONS = 16;

  private static JsonObject command(Gateway gateway, JsonObject command) {
    return command(gateway.vertx(), command);
  }

  private static JsonObject command(Vertx node, JsonObject command) {
    return Await.result(node.eventBus().<JsonObject>request("weir.control", command)).body();
  }

  private static JsonObject weight(ScriptedUpstream upstream, int weight) {
    return new JsonObject()
        .put("op", "endpoint.weight")
        .put("upstream", "main")
        .put("endpoint", "127.0.0.1:" + upstream.port())
        .put("weight", weight);
  }

  @Test
  void endpointIsTakenOutAndBackUnderLoadWithoutAFailure() throws Exception {
    ScriptedUpstream first = upstream((request, c) -> c.reply(200, request.target()));
    ScriptedUpstream second = upstream((request, c) -> c.reply(200, request.target()));
    Gateway gateway = gateway(first, second);
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), CONNECTIONS)) {
      load.awaitRequests(1_000);
      assertThat(command(gateway, weight(first, 0)).getInteger("version")).isGreaterThan(1);
      long served = Await.still(first::requests);
      load.awaitRequests(load.requests() + 1_000);
      assertThat(first.requests()).isEqualTo(served);
      command(gateway, weight(first, 1));
      Await.until("it serves again", () -> first.requests() > served + 100);
      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  void changeIsToldToWhoeverListens() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    Gateway gateway = gateway(upstream);
    Queue<JsonObject> events = new ConcurrentLinkedQueue<>();
    Await.result(
        gateway
            .vertx()
            .eventBus()
            .<JsonObject>consumer("weir.events", event -> events.add(event.body()))
            .completion());
    command(gateway, weight(upstream, 0));
    Await.until("the change is published", () -> !events.isEmpty());
    assertThat(client().get("/").flag()).isEqualTo("UH");
  }

  @Test
  void refusedCommandChangesNothing() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    Gateway gateway = gateway(upstream);
    JsonObject answer = command(gateway, weight(upstream, -1));
    assertThat(answer.getJsonObject("error").getString("path")).isEqualTo("/weight");
    assertThat(client().get("/").status()).isEqualTo(200);
  }

  @Test
  void drainCommandSendsClientsElsewhereAndLetsThemInUntilThen() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    Gateway gateway = gateway(upstream);
    RawClient before = client();
    before.get("/");
    command(gateway.front(), new JsonObject().put("op", "gateway.drain"));
    RawClient asking = client();
    RawResponse own = asking.call("OPTIONS", "/", "Max-Forwards: 0");
    assertThat(own.headers().elements("connection")).contains("close");
    asking.expectClosed();
    for (RawClient client : new RawClient[] {before, client()}) {
      RawResponse response = client.get("/");
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers().elements("connection")).contains("close");
      client.expectClosed();
    }
  }
}
