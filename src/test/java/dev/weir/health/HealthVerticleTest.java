package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bus.Addresses;
import dev.weir.config.WeirConfig;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verticle alone in its Vert.x, over real sockets. */
@ExtendWith(VertxExtension.class)
class HealthVerticleTest {
  private static final long INTERVAL = 150;
  private static final long TIMEOUT = 100;
  private static final int RISE = 2;
  private static final int FALL = 3;

  /** For how long a busy machine may keep a thread from running; less than an interval. */
  private static final long NOISE = Integer.getInteger("weir.health.noiseMillis", 120);

  private enum Mood {
    WELL,
    SICK,
    SILENT
  }

  private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
  private final Set<Object> connections = ConcurrentHashMap.newKeySet();
  private volatile Promise<Void> probed = Promise.promise();
  private volatile Mood mood = Mood.WELL;

  /** What each probe finds, - for a failure; {@code null} to go by the mood. */
  private volatile String script;

  /** The state of the endpoint at each probe: u for up, d for down. */
  private final StringBuffer asked = new StringBuffer();

  private Vertx vertx;
  private int port;

  @BeforeEach
  void listen(Vertx vertx) throws Exception {
    this.vertx = vertx;
    vertx.eventBus().<JsonObject>consumer(Addresses.EVENTS, event -> hear(event.body()));
    port =
        await(
                vertx
                    .createHttpServer()
                    .connectionHandler(
                        connection -> {
                          connections.add(connection);
                          connection.closeHandler(closed -> connections.remove(connection));
                        })
                    .requestHandler(this::answer)
                    .listen(0, "127.0.0.1"))
            .actualPort();
  }

  private void answer(HttpServerRequest request) {
    if (script != null) {
      follow(request);
      return;
    }
    if (mood != Mood.SILENT) {
      request.response().setStatusCode(mood == Mood.WELL ? 200 : 500).end();
    }
    probed.tryComplete();
  }

  /** Probes of an endpoint never overlap: at the next one, what follows from this one is done. */
  private void follow(HttpServerRequest request) {
    boolean sick = asked.length() < script.length() && script.charAt(asked.length()) == '-';
    asked.append(endpoint().healthy() ? 'u' : 'd');
    request.response().setStatusCode(sick ? 500 : 200).end();
    if (asked.length() > script.length()) {
      probed.tryComplete();
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  /** Completes with the next probe from now on. */
  private void awaitProbe() throws Exception {
    probed = Promise.promise();
    await(probed.future());
  }

  private JsonObject event() throws Exception {
    JsonObject event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).as("an event within 10 s").isNotNull();
    return event;
  }

  private JsonObject config(String mode, String type) {
    JsonObject active =
        new JsonObject()
            .put("type", type)
            .put("intervalMillis", INTERVAL)
            .put("timeoutMillis", TIMEOUT)
            .put("rise", RISE)
            .put("fall", FALL);
    JsonObject endpoint = new JsonObject().put("host", "127.0.0.1").put("port", port);
    JsonObject upstream =
        new JsonObject()
            .put("endpoints", new JsonArray().add(endpoint))
            .put("health", new JsonObject().put("mode", mode).put("active", active));
    return new JsonObject()
        .put("upstreams", new JsonObject().put("orders", upstream))
        .put("accessLog", new JsonObject().put("mode", "off"));
  }

  /** The settings of its probes. */
  private static JsonObject active(JsonObject config) {
    return config
        .getJsonObject("upstreams")
        .getJsonObject("orders")
        .getJsonObject("health")
        .getJsonObject("active");
  }

  private void hear(JsonObject event) {
    if (!event.getString("type").equals("config")) {
      events.add(event);
    }
  }

  private String deploy(JsonObject config) throws Exception {
    DeploymentOptions options = new DeploymentOptions().setConfig(config);
    return await(vertx.deployVerticle(new HealthVerticle(), options));
  }

  private Node node() {
    return Node.of(vertx);
  }

  private Endpoint endpoint() {
    return node().snapshot().upstreams().get("orders").endpoints().get(0);
  }

  private void replace(JsonObject config) throws Exception {
    await(node().change(new JsonObject(), now -> now.withShared(WeirConfig.of(config))));
  }

  @Test
  void sickEndpoint_goesDownAndComesBackWithAnEventEach() throws Exception {
    mood = Mood.SICK;
    deploy(config("active", "http"));
    assertThat(endpoint().healthy()).as("before the first probe").isTrue();
    JsonObject down = event();
    assertThat(down.getString("type")).isEqualTo("health");
    assertThat(down.getString("upstream")).isEqualTo("orders");
    assertThat(down.getString("endpoint")).isEqualTo("127.0.0.1:" + port);
    assertThat(down.getString("state")).isEqualTo("down");
    assertThat(down.getString("reason")).isEqualTo("status 500 (expected: 200 to 399)");
    assertThat(Instant.parse(down.getString("at"))).isBeforeOrEqualTo(Instant.now());
    assertThat(down.getString("node")).isEqualTo(node().id());
    assertThat(down.getLong("version")).isEqualTo(1);
    assertThat(endpoint().healthy()).isFalse();

    mood = Mood.WELL;
    assertThat(event().getString("state")).isEqualTo("up");
    assertThat(endpoint().healthy()).isTrue();
    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"150, 100", "50, 200"})
  void trouble_isNoticedWithinItsBound(long interval, long timeout) throws Exception {
    JsonObject config = config("active", "http");
    active(config).put("intervalMillis", interval).put("timeoutMillis", timeout);
    deploy(config);
    long boundMillis = interval + (FALL - 1) * Math.max(interval, timeout) + timeout;
    for (Mood trouble : new Mood[] {Mood.SICK, Mood.SILENT}) {
      awaitProbe();
      long start = System.nanoTime();
      mood = trouble;
      assertThat(event().getString("state")).isEqualTo("down");
      long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      System.out.printf(
          "%s is noticed after %d ms, of %d that it may take%n", trouble, tookMillis, boundMillis);
      assertThat(tookMillis).as("%s", trouble).isLessThanOrEqualTo(boundMillis + NOISE);
      mood = Mood.WELL;
      assertThat(event().getString("state")).isEqualTo("up");
    }
  }

  /** Rises with the second success in a row, falls with the third failure in a row. */
  @ParameterizedTest
  @CsvSource({
    "'---++',        uuuddu", //
    "'--+---+-++-',  uuuuuudddduu"
  })
  void riseAndFall_areExactToTheProbe(String found, String states) throws Exception {
    script = found;
    deploy(config("active", "http"));
    await(probed.future());
    assertThat(asked.substring(0, found.length() + 1)).isEqualTo(states);
  }

  @Test
  void silence_isTheReason() throws Exception {
    mood = Mood.SILENT;
    deploy(config("active", "http"));
    assertThat(event().getString("reason")).isEqualTo("no whole answer within 100 ms");
  }

  @Test
  void tcpProbe_isContentWithAnEndpointThatNeverAnswers() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    NetServer silent = vertx.createNetServer().connectHandler(socket -> opened.incrementAndGet());
    port = await(silent.listen(0, "127.0.0.1")).actualPort();
    deploy(config("active", "tcp"));
    awaitUntil(() -> opened.get() > FALL);
    assertThat(events).isEmpty();
    assertThat(endpoint().healthy()).isTrue();
  }

  @Test
  void tcpProbe_noticesThatNobodyListens() throws Exception {
    port = 1;
    deploy(config("active", "tcp"));
    assertThat(event().getString("reason")).contains("refused");
  }

  @Test
  void modeOff_bringsBackWhatWasDownAndEndsTheProbes() throws Exception {
    mood = Mood.SICK;
    deploy(config("active", "http"));
    assertThat(event().getString("state")).isEqualTo("down");
    replace(config("off", "http"));
    JsonObject up = event();
    assertThat(up.getString("state")).isEqualTo("up");
    assertThat(up.getLong("version")).isEqualTo(2);
    awaitNoConnection();
  }

  private void awaitNoConnection() throws Exception {
    awaitUntil(connections::isEmpty);
  }

  private void awaitUntil(BooleanSupplier condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
      await(vertx.timer(1));
    }
  }

  @Test
  void removedUpstream_isNotProbedAnyLonger() throws Exception {
    deploy(config("active", "http"));
    awaitProbe();
    replace(config("active", "http").put("upstreams", new JsonObject()));
    awaitNoConnection();
  }

  @Test
  void changeOfWeight_keepsTheConnectionOfTheProbes() throws Exception {
    deploy(config("active", "http"));
    awaitProbe();
    Object before = connections.iterator().next();
    JsonObject config = config("active", "http");
    config
        .getJsonObject("upstreams")
        .getJsonObject("orders")
        .getJsonArray("endpoints")
        .getJsonObject(0)
        .put("weight", 7);
    replace(config);
    awaitProbe();
    assertThat(connections).containsExactly(before);
  }

  @Test
  void undeploy_closesTheConnectionsAndLeavesTheNode() throws Exception {
    String id = deploy(config("active", "http"));
    awaitProbe();
    await(vertx.undeploy(id));
    awaitNoConnection();
    assertThat(node()).isNull();
  }

  @Test
  void nextVerticle_goesOnFromTheStateOfTheLast() throws Exception {
    mood = Mood.SICK;
    Node.acquire(vertx, config("active", "http"));
    String id = deploy(config("active", "http"));
    assertThat(event().getString("state")).isEqualTo("down");
    await(vertx.undeploy(id));
    assertThat(endpoint().healthy()).isFalse();
    mood = Mood.WELL;
    deploy(config("active", "http"));
    assertThat(event().getString("state")).isEqualTo("up");
  }

  @Test
  void nextVerticle_leavesInWhatHasProvenItself() throws Exception {
    JsonObject config = config("active", "http");
    active(config).put("initial", "startDown");
    Node.acquire(vertx, config);
    String id = deploy(config);
    assertThat(event().getString("state")).as("nobody has probed it").isEqualTo("down");
    assertThat(event().getString("state")).isEqualTo("up");
    await(vertx.undeploy(id));
    deploy(config);
    awaitProbe();
    awaitProbe();
    assertThat(events).isEmpty();
    assertThat(endpoint().healthy()).isTrue();
  }
}
