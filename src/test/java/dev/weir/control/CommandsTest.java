package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command that only asks, and what none of them accepts. */
@ExtendWith(VertxExtension.class)
class CommandsTest {

  private Operator operator;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    operator = new Operator(vertx);
  }

  @Test
  void upstreamList_countsInTheOrderOfTheConfiguration() throws Exception {
    operator.node().states().health(operator.endpoint("orders", 0), false);
    JsonObject orders = new JsonObject().put("upstream", "orders").put("policy", "round-robin");
    JsonObject users = orders.copy().put("upstream", "users");
    assertThat(operator.ask("upstream.list"))
        .isEqualTo(
            new JsonObject()
                .put("version", 1)
                .put(
                    "upstreams",
                    new JsonArray()
                        .add(orders.put("endpoints", 2).put("usable", 1))
                        .add(users.put("endpoints", 1).put("usable", 1))));
  }

  @Test
  void upstreamShow_hasStateAndConfiguration() throws Exception {
    operator.endpoint("orders", 1).load().begin();
    operator.node().states().health(operator.endpoint("orders", 1), false);
    JsonObject answer = operator.ask("upstream.show", "upstream", "orders");
    assertThat(answer.getLong("version")).isEqualTo(1);
    assertThat(answer.getInteger("usable")).isEqualTo(1);
    JsonObject second = answer.getJsonArray("endpoints").getJsonObject(1);
    JsonObject traffic = (JsonObject) second.remove("traffic");
    assertThat(traffic.getLong("responses")).isZero();
    assertThat(second)
        .isEqualTo(
            new JsonObject()
                .put("endpoint", "10.0.0.7:9002")
                .put("source", "configured")
                .put("healthy", false)
                .put("ejected", false)
                .put("degraded", false)
                .put("weight", 1)
                .put("draining", false)
                .put("enabled", true)
                .put("health", "auto")
                .put("inFlight", 1)
                .put("picks", 0)
                .put("share", 0.0));
    JsonObject whole = operator.snapshot().config().toJson().getJsonObject("upstreams");
    assertThat(answer.getJsonObject("config")).isEqualTo(whole.getJsonObject("orders"));
  }

  @Test
  void upstreamShow_ofWhatIsNotThere_isNotFound() throws Exception {
    JsonObject error = operator.refused("upstream.show", "upstream", "none");
    assertThat(error.getString("code")).isEqualTo("not-found");
    assertThat(error.getString("path")).isEqualTo("/upstream");
  }

  @Test
  void routeList_showsThemInFull() throws Exception {
    JsonObject answer = operator.ask("route.list");
    assertThat(answer.getLong("version")).isEqualTo(1);
    assertThat(answer.getJsonArray("routes"))
        .isEqualTo(operator.snapshot().config().toJson().getJsonArray("routes"));
    assertThat(answer.getJsonArray("routes").getJsonObject(0).getString("id")).isEqualTo("all");
  }

  @Test
  void configGet_canBeReadAgain() throws Exception {
    JsonObject answer = operator.ask("config.get");
    assertThat(answer.getLong("version")).isEqualTo(1);
    assertThat(WeirConfig.of(answer.getJsonObject("config")))
        .isEqualTo(operator.snapshot().config());
  }

  @Test
  void configValidate_listsEveryProblemAndChangesNothing() throws Exception {
    JsonObject config = Operator.config().put("scale", new JsonObject().put("ingress", -2));
    config.getJsonArray("routes").getJsonObject(0).put("upstream", "ordrs");
    JsonObject answer = operator.ask("config.validate", "config", config);
    assertThat(answer.getBoolean("valid")).isFalse();
    JsonArray problems = answer.getJsonArray("problems");
    assertThat(problems).hasSize(2);
    JsonObject route = problems.getJsonObject(0);
    assertThat(route.getString("path")).isEqualTo("/routes/0/upstream");
    assertThat(route.getString("value")).isEqualTo("\"ordrs\"");
    assertThat(route.getString("expected")).contains("did you mean \"orders\"?");
    assertThat(problems.getJsonObject(1).getString("path")).isEqualTo("/scale/ingress");
    assertThat(operator.snapshot().version()).isEqualTo(1);
    operator.assertNoEvent();
  }

  @Test
  void configValidate_ofAGoodOne_hasNoProblems() throws Exception {
    JsonObject answer = operator.ask("config.validate", "config", Operator.config());
    assertThat(answer)
        .isEqualTo(
            new JsonObject().put("version", 1).put("valid", true).put("problems", new JsonArray()));
  }

  @Test
  void stats_countWhatIsThere() throws Exception {
    operator.endpoint("users", 0).load().begin();
    operator.node().states().health(operator.endpoint("orders", 0), false);
    JsonObject answer = operator.ask("stats");
    assertThat(answer.getLong("version")).isEqualTo(1);
    assertThat(answer.getString("node")).isEqualTo(operator.node().id());
    assertThat(answer.getBoolean("draining")).isFalse();
    assertThat(answer.getInteger("routes")).isEqualTo(1);
    assertThat(answer.getInteger("upstreams")).isEqualTo(2);
    assertThat(answer.getInteger("endpoints")).isEqualTo(3);
    assertThat(answer.getInteger("usable")).isEqualTo(2);
    assertThat(answer.getInteger("inFlight")).isEqualTo(1);
  }

  @Test
  void gatewayDrain_isToldOnce() throws Exception {
    operator.node().started();
    JsonObject answer =
        new JsonObject()
            .put("version", 1)
            .put("node", operator.node().id())
            .put("changed", true)
            .put("draining", true);
    assertThat(operator.ask("gateway.drain")).isEqualTo(answer);
    assertThat(operator.node().draining()).isTrue();
    assertThat(operator.node().ready()).isFalse();
    assertThat(operator.event().getString("type")).isEqualTo("drain");
    assertThat(operator.ask("gateway.drain")).isEqualTo(answer.put("changed", false));
    operator.assertNoEvent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upstream.list",
        "upstream.show",
        "route.list",
        "config.get",
        "config.validate",
        "endpoint.weight",
        "stats",
        "gateway.drain"
      })
  void unknownField_isRefusedByEveryCommand(String op) throws Exception {
    List<Object> fields = List.of("upstream", "orders", "config", new JsonObject(), "bogus", 1);
    JsonObject error = operator.refused(op, fields.toArray());
    assertThat(error.getString("code")).isEqualTo("invalid");
    assertThat(error.getString("message")).contains("/bogus: 1");
    assertThat(operator.node().draining()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"upstream.show, upstream", "config.validate, config", "endpoint.weight, upstream"})
  void requiredField_isAskedFor(String op, String field) throws Exception {
    JsonObject error = operator.refused(op);
    assertThat(error.getString("code")).isEqualTo("invalid");
    assertThat(error.getString("path")).isEqualTo("/" + field);
    assertThat(error.getString("message")).contains("/" + field + ": missing");
    assertThat(operator.refused(op, field, 7).getString("path")).isEqualTo("/" + field);
  }

  @Test
  void unknownOp_isRefusedWithAHint() throws Exception {
    JsonObject error = operator.refused("endpoint.wieght", "weight", 1);
    assertThat(error.getString("code")).isEqualTo("unknown-op");
    assertThat(error.getString("path")).isEqualTo("/op");
    assertThat(error.getString("message")).contains("did you mean \"endpoint.weight\"?");
  }

  @Test
  void messagesThatAreNoCommands_areRefused() throws Exception {
    for (Object message : new Object[] {"stats", 1, new JsonArray(), null}) {
      JsonObject error = operator.send(message).getJsonObject("error");
      assertThat(error.getString("code")).isEqualTo("invalid");
      assertThat(error.getString("path")).isEmpty();
      assertThat(error.getString("message")).contains("a JSON object");
    }
    for (Object op : new Object[] {null, 1, new JsonObject(), ""}) {
      JsonObject error = operator.send(new JsonObject().put("op", op)).getJsonObject("error");
      assertThat(error.getString("code")).isEqualTo("unknown-op");
    }
    assertThat(operator.send(new JsonObject()).getJsonObject("error").getString("message"))
        .contains("/op: missing");
  }
}
