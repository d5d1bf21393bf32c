package dev.weir.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.ConfigException;
import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {

  private static AllowList list(String bridge) {
    JsonObject json = new JsonObject(bridge.replace('\'', '"'));
    return new AllowList(WeirConfig.of(new JsonObject().put("bridge", json)).bridge());
  }

  private static JsonObject op(Object op) {
    return new JsonObject().put("op", op);
  }

  private static JsonObject signed(String command) {
    return new JsonObject().put("command", command).put("signature", "");
  }

  @Test
  void nothingIsAllowedByDefault() {
    AllowList list = list("{}");
    assertThat(list.admits("orders", null)).isFalse();
    assertThat(list.admits("weir.control", op("stats"))).isFalse();
    assertThat(list.opens("weir.events")).isFalse();
  }

  @Test
  void controlTakesTheCommandsThatAreNamed_forThisNodeAndForOthers() {
    AllowList list = list("{'inbound': [{'address': 'weir.control', 'ops': ['stats']}]}");
    for (String address : List.of("weir.control", "weir.control.7f3c")) {
      assertThat(list.admits(address, op("stats"))).isTrue();
      assertThat(list.admits(address, op("endpoint.weight"))).isFalse();
      assertThat(list.admits(address, op(List.of("stats")))).isFalse();
      assertThat(list.admits(address, signed("{\"op\": \"stats\"}"))).isTrue();
      assertThat(list.admits(address, signed("{\"op\": \"endpoint.weight\"}"))).isFalse();
      assertThat(list.admits(address, signed("[]"))).isFalse();
      assertThat(list.admits(address, "stats")).isFalse();
      assertThat(list.admits(address, new JsonArray().add(op("stats")))).isFalse();
      assertThat(list.admits(address, null)).isFalse();
    }
    assertThat(list.admits("weir.controls", op("stats"))).isFalse();
    assertThat(list.opens("weir.control")).isFalse();
  }

  @Test
  void signedCommandCountsAsTheOneInside() {
    AllowList list = list("{'inbound': [{'address': 'weir.control', 'ops': ['stats']}]}");
    JsonObject signed = op("stats").put("signature", "00");
    assertThat(list.admits("weir.control", signed.copy().put("command", "{\"op\":\"stats\"}")))
        .isTrue();
    for (String command : List.of("{\"op\":\"gateway.drain\"}", "{", "[]", "\"stats\"", "null")) {
      assertThat(list.admits("weir.control", signed.copy().put("command", command)))
          .as(command)
          .isFalse();
    }
  }

  @Test
  void starStandsForWhatFollows() {
    AllowList list = list("{'inbound': [{'address': 'orders.*'}], 'outbound': ['stock*']}");
    assertThat(list.admits("orders.", null)).isTrue();
    assertThat(list.admits("orders.new", "any")).isTrue();
    assertThat(list.admits("orders", null)).isFalse();
    assertThat(list.admits("a.orders.new", null)).isFalse();
    assertThat(list.opens("stock")).isTrue();
    assertThat(list.opens("stocks.new")).isTrue();
    assertThat(list.opens("orders.new")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "w*",
        "weir.*",
        "weir.con*",
        "weir.balancer",
        "weir.balancer@0",
        "weir.config",
        "weir.cluster",
        "weir.events",
        "weir.view",
        "_*",
        "__vertx.reply.*",
        "__vertx.reply.1",
        "",
        "a*b",
        "a b",
      })
  void addressesOfTheGatewayItself_cannotBeOpened(String address) {
    JsonObject permit = new JsonObject().put("address", address).put("ops", JsonArray.of("stats"));
    JsonObject bridge = new JsonObject().put("inbound", new JsonArray().add(permit));
    assertRefused(bridge, "/bridge/inbound/0/address");
    if (!address.equals("weir.events")) {
      assertRefused(new JsonObject().put("outbound", JsonArray.of(address)), "/bridge/outbound/0");
    }
  }

  @Test
  void commandsMustBeNamed_andAddressesMayStandOnce() {
    JsonObject permit = new JsonObject().put("address", "weir.control");
    JsonArray twice = new JsonArray().add(permit).add(permit.copy());
    assertRefused(
        new JsonObject().put("inbound", twice),
        "/bridge/inbound",
        "/bridge/inbound/0/ops",
        "/bridge/inbound/1/ops");
  }

  private static void assertRefused(JsonObject bridge, String... pointers) {
    assertThatThrownBy(() -> WeirConfig.of(new JsonObject().put("bridge", bridge)))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.pointer())
                    .containsExactlyInAnyOrder(pointers));
  }
}
