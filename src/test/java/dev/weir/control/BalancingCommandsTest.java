package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.BalancerConfig;
import dev.weir.node.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that change how an upstream is balanced, and over what. */
@ExtendWith(VertxExtension.class)
class BalancingCommandsTest {
  private static final String ENDPOINT = "10.0.0.7:9002";
  private static final String SECRET = "a secret of many characters";

  private Operator operator;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    operator = new Operator(vertx);
  }

  private BalancerConfig balancer() {
    return operator.snapshot().upstreams().get("orders").config().balancer();
  }

  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  @Test
  void policy_changesThePolicyAlone() throws Exception {
    Endpoint before = operator.endpoint("orders", 0);
    JsonObject answer = operator.ask("upstream.policy", "upstream", "orders", "policy", "first");
    assertThat(answer).isEqualTo(new JsonObject().put("version", 2));
    assertThat(balancer().policy()).isEqualTo("first");
    assertThat(balancer().panicPercent()).isEqualTo(50);
    assertThat(operator.endpoint("orders", 0)).isSameAs(before);
    assertThat(operator.event().getString("op")).isEqualTo("upstream.policy");
  }

  @Test
  void policy_takesTheOptionsThatAreGivenAndKeepsTheOthers() throws Exception {
    operator.ask(
        "upstream.policy",
        "upstream",
        "orders",
        "balancer",
        json("{'policy': 'hash', 'hash': {'on': 'header', 'name': 'x'}, 'panicPercent': 0}"));
    operator.ask(
        "upstream.policy",
        "upstream",
        "orders",
        "balancer",
        json("{'hash': {'table': 'ring'}, 'slowStart': {'windowMillis': 1000}}"));
    assertThat(balancer().policy()).isEqualTo("hash");
    assertThat(balancer().hash().name()).isEqualTo("x");
    assertThat(balancer().hash().table()).isEqualTo("ring");
    assertThat(balancer().panicPercent()).isZero();
    assertThat(balancer().slowStart().windowMillis()).isEqualTo(1000);
  }

  @Test
  void policy_neverTellsASecret() throws Exception {
    JsonObject affinity = new JsonObject().put("cookie", "id").put("secret", SECRET + "${X}");
    operator.ask(
        "upstream.policy",
        "upstream",
        "orders",
        "balancer",
        new JsonObject().put("affinity", affinity));
    assertThat(balancer().affinity().secret()).isEqualTo(SECRET + "${X}");
    operator.ask("upstream.policy", "upstream", "orders", "policy", "random");
    assertThat(balancer().affinity().secret()).as("unchanged").isEqualTo(SECRET + "${X}");
    assertThat(operator.event().encode()).doesNotContain(SECRET);
    assertThat(operator.ask("config.get").encode()).doesNotContain(SECRET).contains("(hidden)");
    assertThat(operator.ask("upstream.show", "upstream", "orders").encode())
        .doesNotContain(SECRET)
        .contains("(hidden)");
    affinity.put("secret", "short").put("cookie", "x y");
    operator.event();
    JsonObject error =
        operator.refused(
            "upstream.policy",
            "upstream",
            "orders",
            "balancer",
            new JsonObject().put("affinity", affinity));
    assertThat(error.getString("message")).contains("16 characters").doesNotContain("short");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'policy': 'nearest'}|/policy",
        "{'policy': 5}|/policy",
        "{'policy': 'bus:'}|/policy",
        "{}|/policy",
        "{'balancer': {}}|/policy",
        "{'balancer': 5}|/balancer",
        "{'balancer': {'policy': 'nearest'}}|/balancer/policy",
        "{'balancer': {'polcy': 'first'}}|/balancer/polcy",
        "{'balancer': {'panicPercent': 101}}|/balancer/panicPercent",
        "{'balancer': {'panicPercent': -1}}|/balancer/panicPercent",
        "{'balancer': {'hash': {'on': 'header'}}}|/balancer/hash/name",
        "{'balancer': {'hash': {'maxLoadPercent': 99}}}|/balancer/hash/maxLoadPercent",
        "{'balancer': {'slowStart': {'aggression': 0}}}|/balancer/slowStart/aggression",
        "{'balancer': {'affinity': {'cookie': 'a'}}}|/balancer/affinity/secret",
        "{'balancer': {'shadow': {'policy': 'bus:x'}}}|/balancer/shadow/policy",
        "{'policy': 'first', 'ifVersion': 0}|/ifVersion",
        "{'policy': 'first', 'more': 1}|/more",
      })
  void policy_refusesWhatDoesNotFit(String fields, String path) throws Exception {
    JsonObject message = json(fields).put("upstream", "orders");
    Object[] flat =
        message.stream().flatMap(each -> Stream.of(each.getKey(), each.getValue())).toArray();
    JsonObject error = operator.refused("upstream.policy", flat);
    assertThat(error.getString("code")).isEqualTo("invalid");
    assertThat(error.getString("path")).isEqualTo(path);
  }

  @Test
  void shadow_comesAndGoes() throws Exception {
    operator.ask("upstream.shadow", "upstream", "orders", "policy", "peak-ewma");
    assertThat(balancer().shadow().policy()).isEqualTo("peak-ewma");
    operator.ask("upstream.shadow", "upstream", "orders");
    assertThat(balancer().shadow().enabled()).isFalse();
  }

  @Test
  void add_putsAnEndpointLast() throws Exception {
    operator.ask(
        "endpoint.add",
        "upstream",
        "orders",
        "endpoint",
        json("{'host': '10.0.0.8', 'port': 80, 'weight': 3, 'zone': 'b'}"));
    Endpoint added = operator.endpoint("orders", 2);
    assertThat(added.id()).isEqualTo("10.0.0.8:80");
    assertThat(added.weight()).isEqualTo(3);
    assertThat(added.joined()).as("new since").isNotZero();
    assertThat(operator.endpoint("orders", 0).joined()).as("there from the start").isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'host': '10.0.0.7', 'port': 9002}|exists|/endpoint",
        "{'host': '10.0.0.8'}|invalid|/endpoint/port",
        "{'host': '10.0.0.8', 'port': 0}|invalid|/endpoint/port",
        "{'host': '10.0.0.8', 'port': 80, 'weight': -1}|invalid|/endpoint/weight",
        "{'host': '10.0.0.8', 'port': 80, 'weight': 1000001}|invalid|/endpoint/weight",
        "{'host': '', 'port': 80}|invalid|/endpoint/host",
        "{'host': '10.0.0.8', 'port': 80, 'zones': 'a'}|invalid|/endpoint/zones",
      })
  void add_refusesWhatDoesNotFit(String endpoint, String code, String path) throws Exception {
    JsonObject error =
        operator.refused("endpoint.add", "upstream", "orders", "endpoint", json(endpoint));
    assertThat(error.getString("code")).isEqualTo(code);
    assertThat(error.getString("path")).isEqualTo(path);
  }

  @Test
  void remove_leavesTheOthersButNeverNone() throws Exception {
    Endpoint other = operator.endpoint("orders", 0);
    operator.ask("endpoint.remove", "upstream", "orders", "endpoint", ENDPOINT);
    assertThat(operator.snapshot().upstreams().get("orders").endpoints()).containsExactly(other);
    operator.event();
    JsonObject error =
        operator.refused("endpoint.remove", "upstream", "orders", "endpoint", other.id());
    assertThat(error.getString("path")).isEqualTo("/endpoint");
  }

  @Test
  void drain_takesNewClientsAwayAndGivesThemBack() throws Exception {
    operator.ask("endpoint.drain", "upstream", "orders", "endpoint", ENDPOINT);
    Endpoint endpoint = operator.endpoint("orders", 1);
    assertThat(endpoint.usable()).isFalse();
    assertThat(endpoint.config().drain()).isTrue();
    operator.ask("endpoint.drain", "upstream", "orders", "endpoint", ENDPOINT, "drain", false);
    assertThat(endpoint.usable()).isTrue();
    assertThat(endpoint.joined()).as("new since").isNotZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"endpoint.remove", "endpoint.drain"})
  void endpoints_mustBeThere(String op) throws Exception {
    JsonObject error = operator.refused(op, "upstream", "orders", "endpoint", "10.0.0.7:1");
    assertThat(error.getString("code")).isEqualTo("not-found");
    assertThat(error.getString("path")).isEqualTo("/endpoint");
    error = operator.refused(op, "upstream", "nobody", "endpoint", ENDPOINT);
    assertThat(error.getString("path")).isEqualTo("/upstream");
    error = operator.refused(op, "upstream", "orders");
    assertThat(error.getString("path")).isEqualTo("/endpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upstream.policy", "upstream.shadow"})
  void upstreams_mustBeThere(String op) throws Exception {
    JsonObject error = operator.refused(op, "upstream", "nobody", "policy", "first");
    assertThat(error.getString("code")).isEqualTo("not-found");
    assertThat(error.getString("path")).isEqualTo("/upstream");
  }

  @ParameterizedTest
  @CsvSource({
    "upstream.policy, policy, first",
    "upstream.shadow, policy, first",
    "endpoint.remove, endpoint, 10.0.0.7:9002",
    "endpoint.drain, endpoint, 10.0.0.7:9002",
  })
  void staleVersion_isRefused(String op, String key, String value) throws Exception {
    operator.ask("endpoint.weight", "upstream", "users", "endpoint", "10.0.0.7:9003", "weight", 2);
    operator.event();
    JsonObject error = operator.refused(op, "upstream", "orders", key, value, "ifVersion", 1);
    assertThat(error.getString("code")).isEqualTo("stale");
  }
}
