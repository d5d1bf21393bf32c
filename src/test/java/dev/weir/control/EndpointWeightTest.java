package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Endpoint;
import dev.weir.node.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class EndpointWeightTest {
  private static final String OP = "endpoint.weight";
  private static final String ENDPOINT = "10.0.0.7:9002";

  private Operator operator;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    operator = new Operator(vertx);
  }

  private JsonObject weigh(Object weight) throws Exception {
    return operator.ask(OP, "upstream", "orders", "endpoint", ENDPOINT, "weight", weight);
  }

  @Test
  void weight_makesANewVersionAndAnEvent() throws Exception {
    assertThat(weigh(5)).isEqualTo(new JsonObject().put("version", 2));
    assertThat(operator.snapshot().version()).isEqualTo(2);
    assertThat(operator.endpoint("orders", 1).weight()).isEqualTo(5);
    JsonObject event = operator.event();
    assertThat(event.getString("type")).isEqualTo("config");
    assertThat(event.getString("op")).isEqualTo(OP);
    assertThat(event.getString("upstream")).isEqualTo("orders");
    assertThat(event.getString("endpoint")).isEqualTo(ENDPOINT);
    assertThat(event.getInteger("weight")).isEqualTo(5);
    assertThat(event.getLong("version")).isEqualTo(2);
    assertThat(event.getString("node")).isEqualTo(operator.node().id());
    assertThat(event.getInstant("at")).isNotNull();
  }

  @Test
  void weight_leavesAllElseAsItIs() throws Exception {
    Endpoint before = operator.endpoint("orders", 1);
    Endpoint neighbour = operator.endpoint("orders", 0);
    Upstream other = operator.snapshot().upstreams().get("users");
    JsonObject config = operator.snapshot().config().toJson();
    weigh(0);
    assertThat(operator.endpoint("orders", 1)).isSameAs(before);
    assertThat(operator.endpoint("orders", 0)).isSameAs(neighbour);
    assertThat(neighbour.weight()).isEqualTo(1);
    assertThat(operator.snapshot().upstreams().get("users")).isSameAs(other);
    assertThat(before.usable()).isFalse();
    weigh(1);
    assertThat(operator.snapshot().config().toJson()).isEqualTo(config);
  }

  @Test
  void versions_growByOneEach() throws Exception {
    for (int version = 2; version < 6; version++) {
      assertThat(weigh(version).getLong("version")).isEqualTo(version);
      assertThat(operator.event().getLong("version")).isEqualTo(version);
    }
  }

  @Test
  void ifVersion_isAcceptedOnlyWhenItIsInForce() throws Exception {
    Object[] fields = {"upstream", "orders", "endpoint", ENDPOINT, "weight", 3, "ifVersion", 1};
    assertThat(operator.ask(OP, fields).getLong("version")).isEqualTo(2);
    operator.event();
    JsonObject error = operator.refused(OP, fields);
    assertThat(error.getString("code")).isEqualTo("stale");
    assertThat(error.getString("path")).isEqualTo("/ifVersion");
    assertThat(error.getLong("version")).isEqualTo(2);
    assertThat(error.getString("message")).isEqualTo("the version in force is 2");
  }

  @Test
  void dryRun_refusesWhatWouldBeRefusedAndChangesNothing() throws Exception {
    JsonObject answer =
        operator.ask(OP, "upstream", "orders", "endpoint", ENDPOINT, "weight", 3, "dryRun", true);
    assertThat(answer.getLong("version")).isEqualTo(1);
    assertThat(operator.endpoint("orders", 0).weight()).isNotEqualTo(3);
    JsonObject error =
        operator.refused(OP, "upstream", "o", "endpoint", ENDPOINT, "weight", 3, "dryRun", true);
    assertThat(error.getString("code")).isEqualTo("not-found");
  }

  @Test
  void unknownNames_areNotFound() throws Exception {
    JsonObject upstream =
        operator.refused(OP, "upstream", "ordrs", "endpoint", ENDPOINT, "weight", 1);
    assertThat(upstream.getString("code")).isEqualTo("not-found");
    assertThat(upstream.getString("path")).isEqualTo("/upstream");
    assertThat(upstream.getString("message")).contains("\"ordrs\"");
    JsonObject endpoint =
        operator.refused(OP, "upstream", "orders", "endpoint", "10.0.0.7:1", "weight", 1);
    assertThat(endpoint.getString("code")).isEqualTo("not-found");
    assertThat(endpoint.getString("path")).isEqualTo("/endpoint");
    assertThat(endpoint.getString("message")).contains("\"10.0.0.7:1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1000001", "1.5", "\"5\"", "null", "true", "[]", "{}", "1e400"})
  void badWeight_isRefused(String weight) throws Exception {
    Object value = new JsonObject("{\"weight\":" + weight + "}").getValue("weight");
    JsonObject error =
        operator.refused(OP, "upstream", "orders", "endpoint", ENDPOINT, "weight", value);
    assertThat(error.getString("code")).isEqualTo("invalid");
    assertThat(error.getString("path")).isEqualTo("/weight");
    assertThat(error.getString("message")).contains("an integer from 0 to 1000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "9007199254740992", "1e300", "\"1\"", "1.5"})
  void badIfVersion_isRefused(String version) throws Exception {
    Object value = new JsonObject("{\"v\":" + version + "}").getValue("v");
    JsonObject error =
        operator.refused(
            OP, "upstream", "orders", "endpoint", ENDPOINT, "weight", 1, "ifVersion", value);
    assertThat(error.getString("code")).isEqualTo("invalid");
    assertThat(error.getString("path")).isEqualTo("/ifVersion");
  }

  @Test
  void everythingThatIsWrong_isInTheMessageAndTheFirstInThePath() throws Exception {
    JsonObject error = operator.refused(OP, "upstream", 7, "weight", 1, "wieght", 2);
    assertThat(error.getString("path")).isEqualTo("/upstream");
    assertThat(error.getString("message"))
        .contains("/upstream: 7")
        .contains("/endpoint: missing")
        .contains("/wieght: 2")
        .contains("did you mean \"weight\"?");
  }
}
