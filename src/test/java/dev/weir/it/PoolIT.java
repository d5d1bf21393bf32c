package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When connections to endpoints are opened and closed. */
class PoolIT extends BalancingSuite {

  private static GatewayConfig pool(GatewayConfig config, String key, Object value) {
    return config.with("/upstreams/main/pool/" + key, value);
  }

  private double closed(Gateway gateway, int endpoint, String reason) {
    String labels = "{endpoint=\"%s\",reason=\"%s\",upstream=\"main\"}";
    String series = "weir_pool_closed_total" + labels.formatted(id(endpoint), reason);
    try {
      return gateway.metrics().getOrDefault(series, 0.0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitClosed(Gateway gateway, int endpoint, String reason) {
    Await.until("closed: " + reason, () -> closed(gateway, endpoint, reason) > 0);
  }

  private static Endpoint endpoint(Gateway gateway) {
    return Node.of(gateway.vertx()).snapshot().upstreams().get("main").endpoints().get(0);
  }

  @Test
  void minimumIsOpenedBeforeAnybodyAsksAndAgainWhenItIsGone() throws Exception {
    GatewayConfig config = pool(balanced(1, new JsonObject()), "minConnections", 4);
    gateway(config);
    ScriptedUpstream upstream = upstreams.get(0);
    Await.until("the minimum is open", () -> upstream.openConnections() >= 4);
    upstream.dropAll();
    Await.until("it is open again", () -> upstream.connections() >= 8);
    assertThat(Await.still(upstream::openConnections))
        .as("shared out over the lanes")
        .isBetween(4L, 3L + scale().upstreamLanes());
    assertThat(upstream.requests()).isZero();
    assertThat(upstream.connections()).isBetween(8, 8 + 2 * scale().eventLoops());
  }

  @Test
  void idleConnectionsAreClosedDownToTheMinimum() throws Exception {
    GatewayConfig config = balanced(1, new JsonObject());
    Gateway gateway = gateway(pool(config, "idleTimeoutMillis", 100));
    assertThat(answers(client(), 5)).containsOnlyKeys("0");
    awaitClosed(gateway, 0, "idle");
    Await.until("none is left", () -> upstreams.get(0).openConnections() == 0);
  }

  @Test
  void connectionsOfABurstAreClosedWhileOneGoesOn() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    upstreams.add(
        upstream(
            (request, c) -> {
              release.await();
              c.reply(200, "0");
            }));
    gateway(pool(GatewayConfig.to(upstreams.get(0)), "idleTimeoutMillis", 300));
    List<RawClient> burst = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      burst.add(client());
      burst.get(i).request("GET", "/");
    }
    Await.until("each has a connection", () -> upstreams.get(0).openConnections() == 20);
    release.countDown();
    for (RawClient client : burst) {
      assertThat(client.read().text()).isEqualTo("0");
    }
    RawClient steady = burst.get(0);
    Await.until(
        () -> "one is left on each lane, not " + upstreams.get(0).openConnections(),
        () -> {
          assertThat(get(steady, "/").text()).isEqualTo("0");
          return upstreams.get(0).openConnections() <= scale().upstreamLanes();
        },
        Await.PATIENCE);
  }

  private static RawResponse get(RawClient client, String target) {
    try {
      return client.get(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void connectionsAreUsedAgain() throws Exception {
    Gateway gateway = gateway(balanced(1, new JsonObject()));
    int clients = 64;
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), clients, "0")) {
      load.awaitRequests(10_000);
      assertThat(load.failures()).isEmpty();
    }
    assertThat(upstreams.get(0).connections()).isLessThanOrEqualTo(2 * clients);
    String ratio = "weir_pool_reuse_ratio{endpoint=\"" + id(0) + "\",upstream=\"main\"}";
    assertThat(gateway.metrics())
        .hasEntrySatisfying(ratio, value -> assertThat(value).isBetween(0.98, 1.0))
        .hasEntrySatisfying(
            "weir_pool_acquire_seconds_count{upstream=\"main\"}",
            count -> assertThat(count).isGreaterThanOrEqualTo(10_000));
  }

  @Test
  void connectionIsReplacedAfterItsLastRequest() throws Exception {
    Gateway gateway = gateway(pool(balanced(1, new JsonObject()), "maxRequests", 10));
    assertThat(answers(client(), 100)).containsOnlyKeys("0");
    assertThat(upstreams.get(0).connections()).isBetween(10, 10 + scale().eventLoops());
    assertThat(closed(gateway, 0, "requests")).isGreaterThan(8);
  }

  @Test
  void connectionIsReplacedWhenItIsOld() throws Exception {
    Gateway gateway = gateway(pool(balanced(1, new JsonObject()), "maxLifetimeMillis", 100));
    RawClient client = client();
    Await.until(
        "a connection got old",
        () -> {
          try {
            assertThat(client.get("/").text()).isEqualTo("0");
            return closed(gateway, 0, "lifetime") > 2;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void keepAliveOfTheEndpointIsLearned() throws Exception {
    upstreams.add(upstream((request, c) -> c.reply(200, "0", "Keep-Alive: timeout=1, max=1000")));
    Gateway gateway = gateway(GatewayConfig.to(upstreams.get(0)));
    client().get("/");
    awaitClosed(gateway, 0, "idle"); // After half a second; the pool itself would wait a minute.
  }

  @Test
  void unhealthyEndpointHasNoIdleConnections() throws Exception {
    Gateway gateway = gateway(balanced(1, json("{'panicPercent': 0}")));
    client().get("/");
    Node.of(gateway.vertx()).states().health(endpoint(gateway), false);
    awaitClosed(gateway, 0, "unused");
    Await.until("no connection is left", () -> upstreams.get(0).openConnections() == 0);
  }

  @Test
  void ejectedEndpointHasNoIdleConnections() throws Exception {
    upstreams.add(
        upstream((request, c) -> c.reply(request.target().equals("/bad") ? 500 : 200, "0")));
    GatewayConfig config = balanced(1, new JsonObject());
    Gateway gateway =
        gateway(
            config.with("/upstreams/main/outlier", json("{'serverErrors': {'consecutive': 1}}")));
    RawClient client = client();
    Await.until("it has failed", () -> get(client, "/bad").status() == 500);
    awaitClosed(gateway, 0, "unused");
    Await.until("no connection is left", () -> upstreams.get(0).openConnections() == 0);
    assertThat(client.get("/bad").status()).isEqualTo(200);
  }

  @Test
  void drainingEndpointHasNoIdleConnections() throws Exception {
    Gateway gateway = gateway(balanced(1, new JsonObject()));
    client().get("/");
    command(gateway, op("endpoint.drain", "endpoint", id(0)));
    awaitClosed(gateway, 0, "unused");
  }

  @Test
  void laneGetsTheConnectionsThatAnotherOneDoesNotUse() throws Exception {
    GatewayConfig config = pool(balanced(1, new JsonObject()), "maxConnections", 1);
    gateway(config);
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clients.add(client());
    }
    for (int round = 0; round < 20; round++) {
      for (RawClient client : clients) { // On every lane, one after the other.
        assertThat(client.get("/").text()).isEqualTo("0");
      }
    }
    for (RawClient client : clients) { // On every lane at once.
      client.request("GET", "/");
    }
    for (RawClient client : clients) {
      assertThat(client.read().text()).isEqualTo("0");
    }
  }

  @Test
  void maximumHoldsForTheWholeNode() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    upstreams.add(
        upstream(
            (request, c) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              now.decrementAndGet();
              c.reply(200, request.target());
            }));
    Gateway gateway = gateway(pool(GatewayConfig.to(upstreams.get(0)), "maxConnections", 3));
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), 16)) {
      load.awaitRequests(2_000);
      assertThat(load.failures()).isEmpty();
    }
    assertThat(most.get()).isLessThanOrEqualTo(3);
  }

  private GatewayConfig bounded(int endpoints, int max) throws IOException {
    return balanced(endpoints, new JsonObject()).with("/upstreams/main/limits/maxConnections", max);
  }

  private int open() {
    return upstreams.stream().mapToInt(ScriptedUpstream::openConnections).sum();
  }

  @Test
  void endpointsShareTheConnectionsOfTheUpstream() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < 4; i++) {
      upstreams.add(
          upstream(
              (request, c) -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                now.decrementAndGet();
                c.reply(200, "");
              }));
    }
    gateway(bounded(0, 3));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      clients.add(client());
    }
    for (int round = 0; round < 25; round++) {
      for (RawClient client : clients) {
        client.request("GET", "/");
      }
      for (RawClient client : clients) {
        assertThat(client.read().status()).isEqualTo(200);
      }
      // What the gateway has closed the upstream may still count for a moment.
      Await.until(() -> "three are open, not " + open(), () -> open() <= 3, Await.PATIENCE);
    }
    assertThat(most.get()).as("at once").isBetween(1, 3);
    assertThat(upstreams).allMatch(upstream -> upstream.requests() > 0);
  }

  @Test
  void busyEndpointGivesWhatIsMoreThanItsShare() throws Exception {
    gateway(bounded(2, 2).with("/upstreams/main/pool/pendingTimeoutMillis", 5000));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clients.add(client());
    }
    for (int round = 0; round < 100; round++) {
      for (RawClient client : clients) {
        client.request("GET", "/");
      }
      for (RawClient client : clients) {
        assertThat(client.read().status()).isEqualTo(200);
      }
    }
    assertThat(upstreams.get(0).requests() + upstreams.get(1).requests()).isEqualTo(800);
    int least = Math.min(upstreams.get(0).requests(), upstreams.get(1).requests());
    assertThat(least).as("round robin goes on").isGreaterThan(200);
  }

  @Test
  void settingsCanBeChanged() throws Exception {
    Gateway gateway = gateway(balanced(1, new JsonObject()));
    RawClient client = client();
    client.get("/");
    Node node = Node.of(gateway.vertx());
    JsonObject json = node.snapshot().config().toJson();
    json.getJsonObject("upstreams")
        .getJsonObject("main")
        .getJsonObject("pool")
        .put("maxRequests", 1);
    Await.result(node.change(new JsonObject(), now -> WeirConfig.of(json)));
    awaitClosed(gateway, 0, "retired");
    assertThat(answers(client, 5)).containsOnlyKeys("0");
    Await.until("the new rule holds", () -> closed(gateway, 0, "requests") >= 4);
  }
}
