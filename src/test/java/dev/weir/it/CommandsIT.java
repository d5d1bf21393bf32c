package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Signer;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command, sent by a member of the cluster that has no gateway: carried out, with each field
 * wrong, for another version, a second time, and by somebody who may not.
 */
class CommandsIT extends GatewaySuite {
  private static final String SHARED = "weir.control";
  private static final JsonObject FORBIDDEN =
      new JsonObject()
          .put(
              "error",
              new JsonObject()
                  .put("code", "forbidden")
                  .put("message", "this sender may not do that")
                  .put("path", ""));
  private static final Loopback LOOPBACK = new Loopback(3);
  private static final List<Vertx> MEMBERS = new ArrayList<>();

  private static synchronized Vertx member(int index) {
    while (MEMBERS.size() <= index) {
      MEMBERS.add(LOOPBACK.start(MEMBERS.size()));
    }
    return MEMBERS.get(index);
  }

  static List<Verb> verbs() {
    return Verbs.all();
  }

  private Operated start(int index, GatewayConfig config) {
    return Operated.listen(keep(Gateway.start(config, member(index), true)));
  }

  private Operated secured(int index) {
    Operated gateway = start(index, Verbs.config().with("/control/secret", Signer.SECRET));
    awaitReachable();
    return gateway;
  }

  /** Waits until the member without a gateway has heard that there is one. */
  private static void awaitReachable() {
    Await.until("a gateway can be reached", () -> Await.result(ping().map(true).otherwise(false)));
  }

  private static Future<Message<Object>> ping() {
    DeliveryOptions soon = new DeliveryOptions().setSendTimeout(1000);
    return member(2).eventBus().request(SHARED, new JsonObject(), soon);
  }

  private static Node node(Operated gateway) {
    return Node.of(gateway.gateway().vertx());
  }

  private static long version(Operated gateway) {
    return node(gateway).snapshot().version();
  }

  /** Sends a message from the member that has no gateway. */
  private static JsonObject send(String address, JsonObject message) {
    return Await.result(member(2).eventBus().<JsonObject>request(address, message)).body();
  }

  private static JsonObject signed(JsonObject command) {
    return send(SHARED, Signer.MAIN.sign(SHARED, command));
  }

  private static String code(JsonObject answer) {
    return answer.getJsonObject("error", new JsonObject()).getString("code");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void command_isCarriedOutOnceForWhoMayAndForNobodyElse(Verb verb) {
    Operated gateway = secured(0);
    signed(
        Verbs.fields(
            "op", "endpoint.weight", "upstream", "spare", "endpoint", "127.0.0.1:3", "weight", 2));
    if (verb.op().equals("gateway.resume")) {
      signed(Verbs.fields("op", "gateway.drain"));
    }
    String last = verb.op().equals("gateway.resume") ? "gateway.drain" : "endpoint.weight";
    Await.until("what came before is told", () -> gateway.has(last));
    int before = gateway.all().size();
    badFieldsAreRefused(verb);
    whoIsNobodyLearnsNothing(verb, gateway);
    if (verb.changes()) {
      staleVersionIsRefused(verb);
      dryRunChangesNothing(verb);
    }
    assertThat(version(gateway)).isEqualTo(2);
    assertThat(told(gateway, before, verb)).isEmpty();
    JsonObject envelope = Signer.MAIN.sign(SHARED, verb.example());
    JsonObject answer = send(SHARED, envelope);
    assertThat(answer.containsKey("error")).as(answer.encode()).isFalse();
    long after = verb.kind() == Verb.Kind.CONFIGURES ? 3 : 2;
    assertThat(answer.getLong("version")).isEqualTo(after);
    if (verb.changes()) {
      Await.until("it is told", () -> told(gateway, before, verb).size() == 1);
      assertThat(told(gateway, before, verb).get(0).getString("key")).isEqualTo("main");
    }
    JsonObject again = send(SHARED, envelope).getJsonObject("error");
    assertThat(again.getString("code")).isEqualTo("forbidden");
    assertThat(again.getString("path")).isEqualTo("/nonce");
    assertThat(version(gateway)).isEqualTo(after);
  }

  private static List<JsonObject> told(Operated gateway, int before, Verb verb) {
    List<JsonObject> all = gateway.all();
    return all.subList(before, all.size()).stream()
        .filter(event -> verb.op().equals(event.getString("op")))
        .toList();
  }

  private void badFieldsAreRefused(Verb verb) {
    refused(verb, verb.example().copy().put("bogus", 1), "bogus");
    for (Verb.Field field : verb.fields()) {
      for (Object bad : field.bad()) {
        refused(verb, verb.example().copy().put(field.name(), bad), field.name());
      }
      if (field.required()) {
        JsonObject without = verb.example().copy();
        without.remove(field.name());
        refused(verb, without, field.name());
      }
    }
  }

  private void refused(Verb verb, JsonObject command, String field) {
    JsonObject answer = signed(command);
    assertThat(answer.fieldNames()).as(command.encode()).containsExactly("error");
    JsonObject error = answer.getJsonObject("error");
    assertThat(error.getString("code"))
        .as(command.encode())
        .isIn("invalid", "not-found", "exists", "local", "stale", "in-use");
    if (!error.getString("code").equals("local")) {
      assertThat(error.getString("path")).as(error.encode()).startsWith("/" + field);
    }
  }

  private void whoIsNobodyLearnsNothing(Verb verb, Operated gateway) {
    JsonObject stranger = new Signer("main", "f".repeat(32)).sign(SHARED, verb.example());
    JsonObject unknown = new Signer("nobody", Signer.SECRET).sign(SHARED, verb.example());
    JsonObject torn = Signer.MAIN.sign(SHARED, verb.example()).put("signature", "x");
    JsonObject altered = Signer.MAIN.sign(SHARED, verb.example());
    altered.put("command", altered.getString("command") + " ");
    JsonObject forElsewhere = Signer.MAIN.sign(SHARED + "." + gateway.id(), verb.example());
    for (JsonObject message :
        List.of(verb.example(), stranger, unknown, torn, altered, forElsewhere)) {
      assertThat(send(SHARED, message)).isEqualTo(FORBIDDEN);
    }
    assertThat(
            Await.result(gateway.gateway().vertx().eventBus().request(SHARED, verb.example()))
                .body())
        .as("not even from the node itself")
        .isEqualTo(FORBIDDEN);
  }

  private void staleVersionIsRefused(Verb verb) {
    JsonObject error = signed(verb.example().copy().put("ifVersion", 1)).getJsonObject("error");
    assertThat(error.getString("code")).isEqualTo("stale");
    assertThat(error.getLong("version")).isEqualTo(2);
  }

  private void dryRunChangesNothing(Verb verb) {
    JsonObject tried = signed(verb.example().copy().put("dryRun", true).put("ifVersion", 2));
    assertThat(tried.getLong("version")).as(tried.encode()).isEqualTo(2);
    assertThat(tried.fieldNames()).containsAnyOf("changes", "changed");
  }

  @Test
  void timeStampOutsideOfTheWindow_isRefused() {
    secured(0);
    String stats = Verbs.fields("op", "stats").encode();
    for (long off : new long[] {-61_000, 61_000}) {
      long at = System.currentTimeMillis() + off;
      JsonObject answer = send(SHARED, Signer.MAIN.sign(SHARED, stats, at, Signer.nonce()));
      assertThat(code(answer)).isEqualTo("forbidden");
      assertThat(answer.getJsonObject("error").getString("path")).isEqualTo("/at");
    }
  }

  @Test
  void envelopesThatAreNone_areInvalidOrForbidden() {
    secured(0);
    JsonObject right = Signer.MAIN.sign(SHARED, Verbs.fields("op", "stats"));
    for (String field : List.of("command", "key", "at", "nonce")) {
      for (Object bad : new Object[] {null, true, new JsonObject()}) {
        JsonObject error = send(SHARED, right.copy().put(field, bad)).getJsonObject("error");
        assertThat(error.getString("code")).as(field + " " + bad).isEqualTo("invalid");
        assertThat(error.getString("path")).isEqualTo("/" + field);
      }
    }
    JsonObject unsigned = right.copy();
    unsigned.remove("signature");
    assertThat(send(SHARED, unsigned)).isEqualTo(FORBIDDEN);
    long now = System.currentTimeMillis();
    for (String text : List.of("", "[]", "{", "\"stats\"")) {
      JsonObject answer = send(SHARED, Signer.MAIN.sign(SHARED, text, now, Signer.nonce()));
      assertThat(answer.getJsonObject("error").getString("path")).isEqualTo("/command");
    }
  }

  @Test
  void commandForAnyNode_isObeyedByOneOnly() {
    secured(0);
    secured(1);
    for (int i = 0; i < 5; i++) {
      JsonObject envelope = Signer.MAIN.sign(SHARED, Verbs.fields("op", "node.list"));
      int obeyed = 0;
      for (int j = 0; j < 4; j++) { // They go to one node after the other.
        obeyed += send(SHARED, envelope).containsKey("error") ? 0 : 1;
      }
      assertThat(obeyed).isEqualTo(1);
    }
  }

  @Test
  void anyNodeAnswers_andSaysWhich() {
    Set<String> ids = Set.of(secured(0).id(), secured(1).id());
    Set<String> seen = new HashSet<>();
    Await.until(
        "both have answered",
        () -> {
          seen.add(signed(Verbs.fields("op", "stats")).getString("node"));
          return seen.equals(ids);
        });
    for (String id : ids) {
      String address = SHARED + "." + id;
      JsonObject envelope = Signer.MAIN.sign(address, Verbs.fields("op", "stats"));
      assertThat(send(address, envelope).getString("node")).isEqualTo(id);
    }
  }

  @Test
  void nodesAreListedWithTheirVersions() {
    GatewayConfig config = Verbs.config().with("/cluster/heartbeatMillis", 50);
    List<Operated> gateways = List.of(start(0, config), start(1, config));
    gateways.get(0).command("endpoint.weight", "endpoint", "127.0.0.1:1", "weight", 3);
    for (Operated gateway : gateways) {
      Await.until(
          () -> "both are at version 2: " + listed(gateway),
          () ->
              listed(gateway).size() == 2
                  && listed(gateway).stream().allMatch(each -> each.getLong("version") == 2),
          Await.PATIENCE);
    }
  }

  private static List<JsonObject> listed(Operated gateway) {
    JsonObject answer =
        Await.result(
                gateway
                    .gateway()
                    .vertx()
                    .eventBus()
                    .<JsonObject>request(SHARED, Verbs.fields("op", "node.list")))
            .body();
    return answer.getJsonArray("nodes").stream().map(JsonObject.class::cast).toList();
  }

  @Test
  void withoutASecret_othersMayAskAndOnlyTheNodeItselfMayChange() {
    Operated gateway = start(0, Verbs.config());
    String own = SHARED + "." + gateway.id();
    assertThatThrownBy(() -> Await.result(ping())).hasCauseInstanceOf(ReplyException.class);
    for (Verb verb : verbs()) {
      JsonObject answer = send(own, verb.example());
      if (verb.kind() == Verb.Kind.ASKS) {
        assertThat(answer.getLong("version")).as(verb.op()).isEqualTo(1);
      } else {
        assertThat(answer).as(verb.op()).isEqualTo(FORBIDDEN);
        assertThat(send(own, verb.example().copy().put("dryRun", true))).isEqualTo(FORBIDDEN);
      }
    }
    assertThat(send(own, Verbs.fields("op", "bogus"))).isEqualTo(FORBIDDEN);
    assertThat(version(gateway)).isEqualTo(1);
    JsonObject weight =
        Verbs.fields("op", "endpoint.weight", "upstream", "main", "endpoint", "127.0.0.1:1")
            .put("weight", 3);
    for (String address : List.of(SHARED, own)) {
      JsonObject answer =
          (JsonObject)
              Await.result(gateway.gateway().vertx().eventBus().request(address, weight)).body();
      assertThat(answer.getLong("version")).as(answer.encode()).isEqualTo(version(gateway));
    }
    assertThat(version(gateway)).isEqualTo(3);
  }
}
