package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was changed, and the way back. */
@ExtendWith(VertxExtension.class)
class HistoryTest {

  private Operator operator;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    operator = new Operator(vertx);
  }

  private void weigh(int weight) throws Exception {
    Object[] fields = {"upstream", "orders", "endpoint", "10.0.0.7:9001", "weight", weight};
    operator.ask("endpoint.weight", fields);
    operator.event();
  }

  @Test
  void history_hasTheNewestFirst() throws Exception {
    weigh(5);
    weigh(6);
    JsonObject answer = operator.ask("config.history");
    assertThat(answer.getLong("version")).isEqualTo(3);
    JsonArray history = answer.getJsonArray("history");
    assertThat(history.size()).isEqualTo(2);
    JsonObject newest = history.getJsonObject(0);
    assertThat(newest.getString("at")).isNotNull();
    newest.remove("at");
    assertThat(newest)
        .isEqualTo(
            new JsonObject()
                .put("op", "endpoint.weight")
                .put("upstream", "orders")
                .put("endpoint", "10.0.0.7:9001")
                .put("weight", 6)
                .put("version", 3)
                .put("node", operator.node().id())
                .put("changes", new JsonArray().add("/upstreams/orders")));
    assertThat(operator.ask("config.history", "limit", 1).getJsonArray("history").size())
        .isEqualTo(1);
  }

  @Test
  void rollback_isAChangeOfItsOwn() throws Exception {
    WeirConfig first = operator.snapshot().config();
    weigh(5);
    WeirConfig second = operator.snapshot().config();
    weigh(6);
    assertThat(operator.ask("config.rollback", "to", 2).getLong("version")).isEqualTo(4);
    assertThat(operator.event().getString("op")).isEqualTo("config.rollback");
    assertThat(operator.snapshot().config()).isEqualTo(second);
    assertThat(operator.ask("config.rollback", "to", 1).getLong("version")).isEqualTo(5);
    assertThat(operator.snapshot().config()).isEqualTo(first);
    operator.event();
  }

  @Test
  void rollback_canBeTriedAndTakenBack() throws Exception {
    weigh(5);
    JsonObject tried = operator.ask("config.rollback", "to", 1, "dryRun", true);
    assertThat(tried.getJsonArray("changes")).containsExactly("/upstreams/orders");
    assertThat(tried.getLong("version")).isEqualTo(2);
    operator.ask("config.rollback", "to", 1, "ttlMillis", 1);
    assertThat(operator.event().getLong("version")).isEqualTo(3);
    JsonObject end = operator.event();
    assertThat(end.getLong("version")).isEqualTo(4);
    assertThat(end.getLong("revertOf")).isEqualTo(3);
    assertThat(operator.endpoint("orders", 0).weight()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"0, invalid", "1.5, invalid", "2, not-found", "7, not-found"})
  void rollback_knowsOnlyWhatWas(double to, String code) throws Exception {
    weigh(5);
    JsonObject error = operator.refused("config.rollback", "to", to);
    assertThat(error.getString("code")).isEqualTo(code);
    assertThat(error.getString("path")).isEqualTo("/to");
  }

  @Test
  void limitsAndVersionsThatAreNone_areRefused() throws Exception {
    assertThat(operator.refused("config.history", "limit", 0).getString("path"))
        .isEqualTo("/limit");
    assertThat(operator.refused("config.rollback").getString("path")).isEqualTo("/to");
    weigh(5);
    JsonObject stale = operator.refused("config.rollback", "to", 1, "ifVersion", 1);
    assertThat(stale.getString("code")).isEqualTo("stale");
  }
}
