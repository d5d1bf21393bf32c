package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.WeirAnnouncer;
import dev.weir.bus.Addresses;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that announce themselves to one node. */
@ExtendWith(VertxExtension.class)
class AnnouncementsTest {
  private static final String CONFIG =
      """
      {"accessLog": {"mode": "off"},
       "upstreams": {"orders": {"announce": {"hosts": ["10.0.0.0/8"]}}}}
      """;

  private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
  private Vertx vertx;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    this.vertx = vertx;
    vertx.eventBus().<JsonObject>consumer(Addresses.EVENTS, event -> events.add(event.body()));
    DeploymentOptions options = new DeploymentOptions().setConfig(new JsonObject(CONFIG));
    Operator.await(vertx.deployVerticle(new ControlVerticle(), options));
  }

  private Upstream upstream() {
    return Node.of(vertx).snapshot().upstreams().get("orders");
  }

  private JsonObject announce(String text) throws Exception {
    JsonObject message = new JsonObject("{'upstream':'orders',".replace('\'', '"') + json(text));
    return (JsonObject)
        Operator.await(vertx.eventBus().request(Addresses.ANNOUNCE, message)).body();
  }

  private static String json(String text) {
    return text.replace('\'', '"') + "}";
  }

  private JsonObject event() throws InterruptedException {
    return events.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void announced_isAnEndpointAndTheConfigurationStays() throws Exception {
    JsonObject answer =
        announce("'host': '10.0.0.7', 'port': 8080, 'weight': 3, 'zone': 'a', 'priority': 1");
    assertThat(answer)
        .isEqualTo(
            new JsonObject()
                .put("endpoint", "10.0.0.7:8080")
                .put("state", "up")
                .put("ttlMillis", 10_000L)
                .put("nodes", 1)
                .put("inFlight", 0));
    Endpoint endpoint = upstream().endpoints().get(0);
    assertThat(endpoint.announced()).isTrue();
    assertThat(endpoint.usable()).isTrue();
    assertThat(endpoint.config().zone()).isEqualTo("a");
    assertThat(endpoint.config().priority()).isEqualTo(1);
    assertThat(endpoint.toJson().getString("source")).isEqualTo("announced");
    assertThat(Node.of(vertx).snapshot().version()).isEqualTo(1);
    assertThat(Node.of(vertx).snapshot().config().upstreams().get("orders").endpoints()).isEmpty();
    JsonObject event = event();
    assertThat(event.getString("type")).isEqualTo("announce");
    assertThat(event.getString("state")).isEqualTo("up");
    assertThat(event.getInteger("weight")).isEqualTo(3);
  }

  @Test
  void heartbeat_changesNothingAndIsNoEvent() throws Exception {
    announce("'host': '10.0.0.7', 'port': 8080");
    event();
    Upstream before = upstream();
    announce("'host': '10.0.0.7', 'port': 8080");
    assertThat(upstream()).isSameAs(before);
    announce("'host': '10.0.0.7', 'port': 8080, 'weight': 2");
    assertThat(event().getInteger("weight")).isEqualTo(2);
    assertThat(upstream().endpoints()).containsExactly(before.endpoints().get(0));
  }

  @Test
  void drainingAndWithdrawn_takeItOut() throws Exception {
    announce("'host': '10.0.0.7', 'port': 8080");
    Endpoint endpoint = upstream().endpoints().get(0);
    endpoint.load().begin();
    JsonObject answer = announce("'host': '10.0.0.7', 'port': 8080, 'state': 'draining'");
    assertThat(answer.getInteger("inFlight")).isEqualTo(1);
    assertThat(upstream().endpoints()).containsExactly(endpoint);
    assertThat(endpoint.usable()).isFalse();
    announce("'host': '10.0.0.7', 'port': 8080, 'state': 'withdrawn'");
    assertThat(upstream().endpoints()).isEmpty();
    assertThat(List.of(event(), event(), event()))
        .extracting(event -> event.getString("state"))
        .containsExactly("up", "draining", "withdrawn");
  }

  @Test
  void silence_isTheEnd() throws Exception {
    announce("'host': '10.0.0.7', 'port': 8080, 'ttlMillis': 1000");
    assertThat(event().getString("state")).isEqualTo("up");
    assertThat(event().getString("state")).isEqualTo("expired");
    assertThat(upstream().endpoints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'host': '11.0.0.7', 'port': 8080 | forbidden | /host",
        "'host': '10.0.0.7', 'port': 0 | invalid | /port",
        "'host': '10.0.0.7', 'port': 8080, 'weight': -1 | invalid | /weight",
        "'host': '10.0.0.7', 'port': 8080, 'weight': 1000001 | invalid | /weight",
        "'host': '10.0.0.7', 'port': 8080, 'ttlMillis': 999 | invalid | /ttlMillis",
        "'host': '10.0.0.7', 'port': 8080, 'state': 'gone' | invalid | /state",
        "'host': '10.0.0.7', 'port': 8080, 'utilization': -0.1 | invalid | /utilization",
        "'host': '10.0.0.7', 'port': 8080, 'drain': true | invalid | /drain",
        "'host': 'a b', 'port': 8080 | invalid | /host",
        "'port': 8080 | invalid | /host"
      })
  void whatIsWrong_isRefusedAndChangesNothing(String fields, String code, String path)
      throws Exception {
    Upstream before = upstream();
    JsonObject error = announce(fields.replace("''", "'")).getJsonObject("error");
    assertThat(error.getString("code")).isEqualTo(code);
    assertThat(error.getString("path")).isEqualTo(path);
    assertThat(upstream()).isSameAs(before);
    assertThat(events).isEmpty();
  }

  @Test
  void whatIsNoObject_isRefused() throws Exception {
    for (Object body : new Object[] {"up", 7, new JsonArray()}) {
      JsonObject answer =
          (JsonObject) Operator.await(vertx.eventBus().request(Addresses.ANNOUNCE, body)).body();
      assertThat(answer.getJsonObject("error").getString("code")).isEqualTo("invalid");
    }
  }

  @Test
  void reports_moveTheShares() throws Exception {
    announce("'host': '10.0.0.7', 'port': 1, 'utilization': 0.9");
    announce("'host': '10.0.0.7', 'port': 2, 'utilization': 0.1, 'eventLoopLagMillis': 30");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (upstream().endpoints().get(0).reportedPercent() >= 100) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
    assertThat(upstream().endpoints().get(1).reportedPercent()).isGreaterThan(100);
  }

  @Test
  void announcer_announcesReportsDrainsAndWithdraws() throws Exception {
    WeirAnnouncer announcer =
        new WeirAnnouncer(vertx, "orders", "10.0.0.9", 80)
            .weight(2)
            .ttlMillis(1000)
            .load(() -> new JsonObject().put("utilization", 0.5));
    Operator.await(announcer.start());
    Endpoint endpoint = upstream().endpoints().get(0);
    assertThat(endpoint.weight()).isEqualTo(2);
    endpoint.load().begin();
    var stopped = announcer.stop(Duration.ofSeconds(10));
    assertThat(event().getString("state")).isEqualTo("up");
    assertThat(event().getString("state")).isEqualTo("draining");
    assertThat(stopped.isComplete()).isFalse();
    endpoint.load().end();
    Operator.await(stopped);
    assertThat(event().getString("state")).isEqualTo("withdrawn");
    assertThat(upstream().endpoints()).isEmpty();
  }

  @Test
  void announcer_staysByItsHeartbeatsUntilItIsStopped() throws Exception {
    WeirAnnouncer announcer = new WeirAnnouncer(vertx, "orders", "10.0.0.9", 80).ttlMillis(1000);
    Operator.await(announcer.start());
    announce("'host': '10.0.0.7', 'port': 1, 'ttlMillis': 1000");
    event();
    event();
    JsonObject expired = event(); // So much time has passed now.
    assertThat(expired.getString("endpoint")).isEqualTo("10.0.0.7:1");
    assertThat(upstream().endpoints()).extracting(Endpoint::id).containsExactly("10.0.0.9:80");
    Operator.await(announcer.withdraw());
    assertThat(upstream().endpoints()).isEmpty();
  }

  @Test
  void announcerThatIsRefused_saysWhy() {
    WeirAnnouncer announcer = new WeirAnnouncer(vertx, "orders", "11.0.0.9", 80);
    assertThatThrownBy(() -> Operator.await(announcer.start())).hasMessageContaining("forbidden");
  }
}
