package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.eventbus.bridge.tcp.impl.protocol.FrameHelper;
import io.vertx.ext.eventbus.bridge.tcp.impl.protocol.FrameParser;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What processes that are no JVM do over the bridge, as far as the list allows. */
class BridgeIT extends BridgeSuite {
  private static final String READING =
      "{'inbound': [{'address': 'weir.control', 'ops': ['stats', 'upstream.show']},"
          + " {'address': 'orders.*'}], 'outbound': ['weir.events', 'orders.*']}";
  private static final JsonObject STATS = new JsonObject().put("op", "stats");

  private static JsonObject weight(Gateway gateway, int weight) {
    JsonObject show = Operated.listen(gateway).command("upstream.show");
    String endpoint = show.getJsonArray("endpoints").getJsonObject(0).getString("endpoint");
    return new JsonObject()
        .put("op", "endpoint.weight")
        .put("upstream", "main")
        .put("endpoint", endpoint)
        .put("weight", weight);
  }

  private static int weight(Gateway gateway) {
    return Operated.listen(gateway).endpoint(0).getInteger("weight");
  }

  @Test
  void clientReadsStatisticsAndHearsEvents() throws Exception {
    Gateway gateway = bridged(READING);
    BusClient client = bus(gateway);
    JsonObject answer = client.ask("weir.control", STATS);
    assertThat(answer.getString("type")).isEqualTo("message");
    assertThat(answer.getString("address")).isEqualTo("answer");
    assertThat(answer.getJsonObject("body").getInteger("version")).isEqualTo(1);
    String own = "weir.control." + answer.getJsonObject("body").getString("node");
    assertThat(client.ask(own, STATS).getJsonObject("body").getInteger("version")).isEqualTo(1);

    client.send("register", "address", "weir.events");
    client.send("ping");
    assertThat(client.read().getString("type")).isEqualTo("pong");
    gateway.vertx().eventBus().send("weir.control", weight(gateway, 7));
    JsonObject event = client.read();
    assertThat(event.getString("address")).isEqualTo("weir.events");
    assertThat(event.getBoolean("send")).isFalse();
    assertThat(event.getJsonObject("body").getString("op")).isEqualTo("endpoint.weight");

    client.send("unregister", "address", "weir.events");
    client.send("unregister", "address", "weir.events");
    assertThat(client.read().getString("message")).isEqualTo("unknown_address");
  }

  @Test
  void whatIsNotOnTheListIsRefusedAndChangesNothing() throws Exception {
    Gateway gateway = bridged(READING);
    BusClient client = bus(gateway);
    JsonObject refused = client.ask("weir.control", weight(gateway, 7));
    assertThat(refused)
        .isEqualTo(
            new JsonObject()
                .put("type", "err")
                .put("message", "access_denied")
                .put("address", "answer"));
    client.send("send", "address", "weir.control", "body", weight(gateway, 7));
    assertThat(client.read().getString("message")).isEqualTo("access_denied");
    client.send("publish", "address", "weir.control", "body", weight(gateway, 7));
    assertThat(client.read().getString("message")).isEqualTo("access_denied");
    for (String address : new String[] {"weir.upstream", "weir.config", "payments", "order"}) {
      client.send("send", "address", address, "body", STATS);
      assertThat(client.read().getString("message")).as(address).isEqualTo("access_denied");
      client.send("register", "address", address);
      assertThat(client.read().getString("message")).as(address).isEqualTo("access_denied");
    }
    assertThat(weight(gateway)).isEqualTo(1);
    assertThat(metric(gateway, "refused_total")).isEqualTo(11);
  }

  @Test
  void changeThatIsOnTheListIsMade() throws Exception {
    Gateway gateway =
        bridged("{'inbound': [{'address': 'weir.control', 'ops': ['endpoint.weight']}]}");
    JsonObject answer = bus(gateway).ask("weir.control", weight(gateway, 7));
    assertThat(answer.getJsonObject("body").getInteger("version")).isEqualTo(2);
    assertThat(weight(gateway)).isEqualTo(7);
  }

  @Test
  void clientServesRequestsOfTheBus() throws Exception {
    Gateway gateway = bridged(READING);
    BusClient client = bus(gateway);
    client.send("register", "address", "orders.service");
    client.send("ping");
    client.read();
    for (int i = 0; i < 3; i++) {
      Future<Message<String>> answer =
          gateway.vertx().eventBus().request("orders.service", "q" + i);
      JsonObject question = client.read();
      assertThat(question.getString("body")).isEqualTo("q" + i);
      client.send("send", "address", question.getString("replyAddress"), "body", "a" + i);
      assertThat(Await.result(answer).body()).isEqualTo("a" + i);
    }
    Future<Message<String>> failed = gateway.vertx().eventBus().request("orders.service", "no");
    String reply = client.read().getString("replyAddress");
    client.send("send", "address", reply, "failureCode", 404, "message", "none such");
    Await.until("it fails", failed::isComplete);
    assertThat(failed.cause())
        .isInstanceOfSatisfying(
            ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(404))
        .hasMessage("none such");
    client.send("send", "address", reply, "body", "again");
    assertThat(client.read().getString("message")).isEqualTo("access_denied");
  }

  @Test
  void failureOfARequestIsTold() throws Exception {
    Gateway gateway = bridged(READING);
    JsonObject failure = bus(gateway).ask("orders.nobody", 1);
    assertThat(failure.getString("type")).isEqualTo("err");
    assertThat(failure.getString("failureType")).isEqualTo("NO_HANDLERS");
    assertThat(failure.getString("address")).isEqualTo("answer");
    assertThat(failure.getString("sourceAddress")).isEqualTo("orders.nobody");
  }

  @Test
  void clientsOfVertxOwnBridgeAreUnderstood() throws Exception {
    Gateway gateway = bridged(READING);
    BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
    gateway
        .vertx()
        .createNetClient()
        .connect(port(gateway), "127.0.0.1")
        .onSuccess(
            socket -> {
              socket.handler(new FrameParser(frame -> frames.add(frame.result())));
              FrameHelper.sendFrame("ping", socket);
              FrameHelper.sendFrame("send", "weir.control", "mine", STATS, socket);
            });
    assertThat(frames.poll(10, TimeUnit.SECONDS).getString("type")).isEqualTo("pong");
    JsonObject answer = frames.poll(10, TimeUnit.SECONDS);
    assertThat(answer.getString("address")).isEqualTo("mine");
    assertThat(answer.getJsonObject("body").getBoolean("ready")).isTrue();
  }

  @Test
  void nothingListensUnlessItIsTurnedOn() throws Exception {
    Gateway gateway = gateway(upstream((request, c) -> c.reply(200, "")));
    assertThat(port(gateway)).isZero();
  }
}
