package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.RouteConfig;
import dev.weir.config.UpstreamConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes and upstreams that come and go. */
@ExtendWith(VertxExtension.class)
class RouteCommandsTest {

  private Operator operator;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    operator = new Operator(vertx);
  }

  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  private List<String> routes() {
    return operator.snapshot().config().routes().stream().map(RouteConfig::id).toList();
  }

  @Test
  void route_isPutBehindTheOthersOrInItsPlace() throws Exception {
    UpstreamConfig before = operator.snapshot().config().upstreams().get("orders");
    JsonObject route = json("{'id': 'new', 'match': {'path': '/new/*'}, 'upstream': 'users'}");
    JsonObject answer = operator.ask("route.put", "route", route);
    assertThat(answer).isEqualTo(new JsonObject().put("version", 2));
    assertThat(routes()).containsExactly("all", "new");
    assertThat(operator.event().getJsonArray("changes")).containsExactly("/routes/new");
    operator.ask("route.put", "route", json("{'id': 'all', 'upstream': 'users', 'priority': 7}"));
    assertThat(routes()).containsExactly("all", "new");
    assertThat(operator.snapshot().config().routes().get(0).priority()).isEqualTo(7);
    assertThat(operator.snapshot().config().upstreams().get("orders")).isSameAs(before);
  }

  @Test
  void route_isRemoved() throws Exception {
    assertThat(operator.ask("route.remove", "route", "all").getLong("version")).isEqualTo(2);
    assertThat(routes()).isEmpty();
    operator.event();
    JsonObject error = operator.refused("route.remove", "route", "all");
    assertThat(error.getString("code")).isEqualTo("not-found");
    assertThat(error.getString("path")).isEqualTo("/route");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'upstream': 'orders'} | invalid | /route/id",
        "{'id': 'a b', 'upstream': 'orders'} | invalid | /route/id",
        "{'id': 'a', 'upstream': 'orders', 'prority': 1} | invalid | /route/prority",
        "{'id': 'a', 'upstream': 'orders', 'match': {'path': 'x'}} | invalid | /route/match/path",
        "{'id': 'a', 'upstream': 'ordrs'} | not-found | /route/upstream",
      })
  void routeThatIsNotRight_isRefused(String route, String code, String path) throws Exception {
    JsonObject error = operator.refused("route.put", "route", json(route));
    assertThat(error.getString("code")).isEqualTo(code);
    assertThat(error.getString("path")).isEqualTo(path);
  }

  @Test
  void upstream_isAddedAndRemoved() throws Exception {
    JsonObject config = json("{'endpoints': [{'host': '10.0.0.9', 'port': 80}]}");
    assertThat(operator.ask("upstream.add", "upstream", "new", "config", config))
        .isEqualTo(new JsonObject().put("version", 2));
    assertThat(operator.snapshot().upstreams().get("new").endpoints()).hasSize(1);
    operator.event();
    JsonObject again = operator.refused("upstream.add", "upstream", "new", "config", config);
    assertThat(again.getString("code")).isEqualTo("exists");
    operator.ask("upstream.remove", "upstream", "new");
    assertThat(operator.snapshot().upstreams()).doesNotContainKey("new");
    operator.event();
    JsonObject missing = operator.refused("upstream.remove", "upstream", "new");
    assertThat(missing.getString("code")).isEqualTo("not-found");
  }

  @Test
  void upstreamThatARouteLeadsTo_stays() throws Exception {
    JsonObject error = operator.refused("upstream.remove", "upstream", "orders");
    assertThat(error.getString("code")).isEqualTo("in-use");
    assertThat(error.getString("path")).isEqualTo("/upstream");
    assertThat(error.getString("message")).contains("/routes/all/upstream");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b | {'endpoints': [{'host': 'h', 'port': 80}]} | /upstream",
        "a | {'endpoints': []} | /config/endpoints",
        "a | {} | /config/endpoints",
        "a | {'endpoints': [{'host': 'h', 'port': 80}], 'weight': 1} | /config/weight",
      })
  void upstreamThatIsNotRight_isRefused(String name, String config, String path) throws Exception {
    JsonObject error = operator.refused("upstream.add", "upstream", name, "config", json(config));
    assertThat(error.getString("code")).isEqualTo("invalid");
    assertThat(error.getString("path")).isEqualTo(path);
  }

  @Test
  void rollback_doesNotLeaveARouteWithoutItsUpstream() throws Exception {
    JsonObject config = json("{'endpoints': [{'host': '10.0.0.9', 'port': 80}]}");
    operator.ask("upstream.add", "upstream", "new", "config", config, "ttlMillis", 60_000);
    operator.ask("route.put", "route", json("{'id': 'r', 'upstream': 'new'}"));
    operator.event();
    operator.event();
    JsonObject stale = operator.refused("route.remove", "route", "r", "ifVersion", 2);
    assertThat(stale.getString("code")).isEqualTo("stale");
    assertThat(operator.ask("config.rollback", "to", 1).getLong("version")).isEqualTo(4);
    assertThat(routes()).containsExactly("all");
  }
}
