package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bus.Addresses;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that say nothing but how busy they are, those of the configuration among them. */
@ExtendWith(VertxExtension.class)
class LoadAloneTest {
  private static final String CONFIG =
      """
      {"accessLog": {"mode": "off"},
       "upstreams": {"orders": {
         "endpoints": [{"host": "10.0.0.8", "port": 9}],
         "announce": {"hosts": ["10.0.0.0/8"]}}}}
      """;

  private Vertx vertx;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    this.vertx = vertx;
    DeploymentOptions options = new DeploymentOptions().setConfig(new JsonObject(CONFIG));
    Operator.await(vertx.deployVerticle(new ControlVerticle(), options));
  }

  private Upstream upstream() {
    return Node.of(vertx).snapshot().upstreams().get("orders");
  }

  private JsonObject announce(String fields) throws Exception {
    String text = "{'upstream': 'orders', " + fields + "}";
    JsonObject message = new JsonObject(text.replace('\'', '"'));
    return (JsonObject)
        Operator.await(vertx.eventBus().request(Addresses.ANNOUNCE, message)).body();
  }

  @Test
  void load_countsForEndpointsThatAreThereAndChangesNothingElse() throws Exception {
    announce("'host': '10.0.0.7', 'port': 1");
    Upstream before = upstream();
    announce("'host': '10.0.0.7', 'port': 1, 'state': 'load', 'utilization': 0.9");
    JsonObject answer =
        announce(
            "'host': '10.0.0.8', 'port': 9, 'state': 'load', 'errorRatio': 0,"
                + "'eventLoopLagMillis': 1");
    assertThat(answer.getString("state")).isEqualTo("load");
    assertThat(upstream().endpoints()).isEqualTo(before.endpoints());
    Endpoint configured = upstream().endpoint("10.0.0.8:9");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (configured.reportedPercent() <= 100) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
    assertThat(upstream().endpoint("10.0.0.7:1").reportedPercent()).isLessThan(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'host': '10.0.0.7', 'port': 1, 'state': 'load', 'utilization': 1 | not-found | /host",
        "'host': '11.0.0.7', 'port': 1, 'state': 'load', 'utilization': 1 | forbidden | /host",
        "'host': '10.0.0.8', 'port': 9, 'state': 'load' | invalid | /utilization",
        "'host': '10.0.0.8', 'port': 9, 'utilization': 1 | exists | /host"
      })
  void whatIsWrong_isRefused(String fields, String code, String path) throws Exception {
    JsonObject error = announce(fields).getJsonObject("error");
    assertThat(error.getString("code")).isEqualTo(code);
    assertThat(error.getString("path")).isEqualTo(path);
  }
}
