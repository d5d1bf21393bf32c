package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators say of an endpoint, beside what is known of its health. */
@ExtendWith(VertxExtension.class)
class EndpointStateTest {

  private static final String ID = "10.0.0.7:9001";

  private Operator operator;
  private Endpoint endpoint;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    operator = new Operator(vertx);
    endpoint = operator.endpoint("orders", 0);
  }

  private JsonObject ask(String op, Object... more) throws Exception {
    Object[] fields = new Object[4 + more.length];
    System.arraycopy(new Object[] {"upstream", "orders", "endpoint", ID}, 0, fields, 0, 4);
    System.arraycopy(more, 0, fields, 4, more.length);
    return operator.ask(op, fields);
  }

  @Test
  void disabledEndpoint_isOutWhateverItsHealthAndComesBackAsItWas() throws Exception {
    ask("endpoint.weight", "weight", 7);
    assertThat(ask("endpoint.disable").getLong("version")).isEqualTo(3);
    assertThat(endpoint.usable()).isFalse();
    assertThat(endpoint.works()).isTrue();
    assertThat(ask("endpoint.show").getBoolean("enabled")).isFalse();
    ask("health.set", "health", "up");
    assertThat(endpoint.usable()).isFalse();
    ask("endpoint.enable");
    assertThat(endpoint.usable()).isTrue();
    assertThat(endpoint.weight()).isEqualTo(7);
  }

  @Test
  void wordOfTheOperator_countsMoreThanProbesAndTraffic() throws Exception {
    ask("health.set", "health", "down");
    assertThat(endpoint.usable()).isFalse();
    assertThat(endpoint.healthy()).isTrue();
    ask("health.set", "health", "up");
    operator.node().states().health(endpoint, false);
    operator.node().states().eject(endpoint, true);
    assertThat(endpoint.usable()).isTrue();
    ask("health.set", "health", "auto");
    assertThat(endpoint.usable()).isFalse();
    operator.node().states().health(endpoint, true);
    assertThat(endpoint.usable()).as("it is still ejected").isFalse();
    operator.node().states().eject(endpoint, false);
    assertThat(endpoint.usable()).isTrue();
  }

  @Test
  void wordForAWhile_isTakenBack() throws Exception {
    ask("health.set", "health", "down", "ttlMillis", 1);
    assertThat(operator.event().getString("health")).isEqualTo("down");
    assertThat(operator.event().getLong("revertOf")).isEqualTo(2);
    assertThat(endpoint.usable()).isTrue();
  }

  @Test
  void endpointThatReturns_isNew() throws Exception {
    assertThat(endpoint.joined()).isZero();
    ask("endpoint.disable");
    assertThat(endpoint.joined()).isZero();
    ask("endpoint.enable");
    assertThat(endpoint.joined()).isNotZero();
  }

  @Test
  void list_hasOneUpstreamOrAll() throws Exception {
    assertThat(operator.ask("endpoint.list").getJsonArray("endpoints")).hasSize(3);
    JsonObject some = operator.ask("endpoint.list", "upstream", "orders");
    assertThat(some.getJsonArray("endpoints")).hasSize(2);
    JsonObject first = some.getJsonArray("endpoints").getJsonObject(0);
    assertThat(first.getString("upstream")).isEqualTo("orders");
    assertThat(first.getString("endpoint")).isEqualTo(ID);
  }

  @Test
  void show_hasStateAndConfiguration() throws Exception {
    JsonObject shown = ask("endpoint.show");
    assertThat(shown.getBoolean("usable")).isTrue();
    assertThat(shown.getJsonObject("config").getInteger("port")).isEqualTo(9001);
    JsonObject route = operator.ask("route.show", "route", "all");
    assertThat(route.getJsonObject("route").getString("upstream")).isEqualTo("orders");
    JsonObject error = operator.refused("route.show", "route", "none");
    assertThat(error.getString("code")).isEqualTo("not-found");
  }
}
