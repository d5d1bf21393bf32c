package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bus.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ControlVerticleTest {
  private static final JsonObject STATS = new JsonObject().put("op", "stats");

  private Operator operator;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    operator = new Operator(vertx);
  }

  @Test
  void nodeAnswersOnTheSharedAddressAndOnItsOwn() throws Exception {
    String id = operator.node().id();
    assertThat(operator.send(STATS).getString("node")).isEqualTo(id);
    assertThat(operator.askAt(Addresses.CONTROL + "." + id, STATS).getString("node")).isEqualTo(id);
  }

  @Test
  void changeWithoutAReplyAddressIsCarriedOut(Vertx vertx) throws Exception {
    vertx
        .eventBus()
        .send(
            Addresses.CONTROL,
            new JsonObject()
                .put("op", "endpoint.weight")
                .put("upstream", "users")
                .put("endpoint", "10.0.0.7:9003")
                .put("weight", 9));
    assertThat(operator.event().getLong("version")).isEqualTo(2);
    assertThat(operator.endpoint("users", 0).weight()).isEqualTo(9);
  }

  @Test
  void undeployedVerticleAnswersNobodyAndLeavesTheNode() throws Exception {
    operator.undeploy();
    assertThat(operator.node()).isNull();
    assertThatThrownBy(() -> operator.send(STATS)).isInstanceOf(ReplyException.class);
  }
}
