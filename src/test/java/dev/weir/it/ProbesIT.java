package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.health.TestKeys;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How endpoints are probed, in a started gateway, by what its operator sees. */
class ProbesIT extends GatewaySuite {
  private static final String HEALTH = "/upstreams/main/health";

  @TempDir private static Path directory;

  private static TestKeys keys;

  private final AtomicBoolean well = new AtomicBoolean(true);
  private final AtomicInteger probes = new AtomicInteger();

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = TestKeys.make(directory);
  }

  private static JsonObject active(Object... keysAndValues) {
    JsonObject json = new JsonObject().put("path", "/health").put("intervalMillis", 20);
    json.put("timeoutMillis", 2000).put("rise", 2).put("fall", 2);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      json.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return json;
  }

  private Operated probing(ScriptedUpstream upstream, JsonObject active) {
    JsonObject health = new JsonObject().put("mode", "active").put("active", active);
    return Operated.listen(
        gateway(
            GatewayConfig.to(upstream)
                .with(HEALTH, health)
                .with("/upstreams/main/balancer", new JsonObject().put("panicPercent", 0))));
  }

  private ScriptedUpstream probed() throws IOException {
    return upstream(
        (request, c) -> {
          if (request.target().equals("/health")) {
            probes.incrementAndGet();
            c.reply(well.get() ? 200 : 503, "");
          } else {
            c.reply(200, "");
          }
        });
  }

  private static boolean isUp(Operated operated) {
    return operated.endpoint(0).getBoolean("healthy");
  }

  private static void awaitUp(Operated operated, boolean up) {
    Await.until("it is up: " + up, () -> isUp(operated) == up);
    Await.until("it is told", () -> !operated.events("health").isEmpty());
  }

  /** HTTP and gRPC on a port of their own, in clear text and with TLS. */
  @ParameterizedTest
  @CsvSource({"http, false", "http, true", "grpc, false", "grpc, true"})
  void endpointIsProbedAtAnotherPort(String type, boolean secure) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      HttpServerOptions options = new HttpServerOptions().setSsl(secure).setUseAlpn(secure);
      options.setKeyCertOptions(secure ? keys.server() : null);
      int port =
          Await.result(
                  vertx
                      .createHttpServer(options)
                      .requestHandler(this::answer)
                      .listen(0, "127.0.0.1"))
              .actualPort();
      JsonObject tls =
          new JsonObject().put("trust", keys.certificate()).put("serverName", "probe.test");
      JsonObject active = active("type", type, "port", port).put("tls", secure ? tls : null);
      Operated operated = probing(upstream((request, c) -> c.reply(200, "")), active);
      Await.until("it is probed", () -> probes.get() > 2);
      assertThat(isUp(operated)).isTrue();
      well.set(false);
      awaitUp(operated, false);
      assertThat(client().get("/").flag()).isEqualTo("UH");
      assertThat(operated.events("health").get(0).getString("reason"))
          .contains(type.equals("grpc") ? "state 2" : "status 503");
      well.set(true);
      awaitUp(operated, true);
    } finally {
      Await.result(vertx.close());
    }
  }

  private void answer(HttpServerRequest request) {
    probes.incrementAndGet();
    if (request.path().startsWith("/grpc.health.v1.Health/")) {
      byte[] state = {0, 0, 0, 0, 2, 8, (byte) (well.get() ? 1 : 2)};
      request.response().putHeader("content-type", "application/grpc");
      request.response().putTrailer("grpc-status", "0").end(Buffer.buffer(state));
    } else {
      request.response().setStatusCode(well.get() ? 200 : 503).end();
    }
  }

  @Test
  void startDown_waitsForAsManySuccessesAsItTakes() throws Exception {
    well.set(false);
    Operated operated = probing(probed(), active("initial", "startDown", "rise", 4));
    assertThat(client().get("/").flag()).isEqualTo("UH");
    Await.until("it is probed", () -> probes.get() > 3);
    assertThat(isUp(operated)).isFalse();
    int before = probes.get();
    well.set(true);
    awaitUp(operated, true);
    assertThat(probes.get() - before).isGreaterThanOrEqualTo(4);
    assertThat(client().get("/").status()).isEqualTo(200);
  }

  @Test
  void failuresOfAnEndpointThatWasAdded_areExcusedInItsGracePeriod() throws Exception {
    Operated operated = probing(probed(), active("graceMillis", 1500));
    ScriptedUpstream late = upstream((request, c) -> c.reply(503, ""));
    long start = System.nanoTime();
    JsonObject endpoint = new JsonObject().put("host", "127.0.0.1").put("port", late.port());
    assertThat(operated.command("endpoint.add", "endpoint", endpoint).getJsonObject("error"))
        .isNull();
    Await.until("it is out", () -> !operated.events("health").isEmpty());
    long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(tookMillis).isGreaterThanOrEqualTo(1490);
    assertThat(late.requests()).as("probes that were excused").isGreaterThan(10);
  }

  @Test
  void intervals_dependOnTheState() throws Exception {
    List<Long> times = new ArrayList<>();
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              synchronized (times) {
                times.add(System.nanoTime());
              }
              c.reply(503, "");
            });
    JsonObject active = active("intervalMillis", 800, "fall", 4);
    probing(upstream, active.put("changingIntervalMillis", 60).put("downIntervalMillis", 1600));
    Await.until("it is down, and probed again", () -> upstream.requests() == 5);
    List<Long> gaps = new ArrayList<>();
    synchronized (times) {
      for (int i = 1; i < times.size(); i++) {
        gaps.add(TimeUnit.NANOSECONDS.toMillis(times.get(i) - times.get(i - 1)));
      }
    }
    assertThat(gaps.subList(0, 3).stream().min(Long::compare).get()).as("changing").isLessThan(700);
    assertThat(gaps.get(3)).as("down").isGreaterThan(1200);
  }

  @Test
  void endpointThatFlaps_staysWhatItIs() throws Exception {
    ScriptedUpstream upstream =
        upstream((request, c) -> c.reply(probes.incrementAndGet() % 2 == 0 ? 503 : 200, ""));
    // A probe that ran out of time would be a second failure in a row.
    Operated operated = probing(upstream, active("timeoutMillis", 60_000));
    Await.until("it has been probed often", () -> probes.get() > 40);
    assertThat(operated.events("health")).isEmpty();
    assertThat(isUp(operated)).isTrue();
  }

  @Test
  void endpointThatIsSlow_isOutUntilItIsFastEnough() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean slow = new AtomicBoolean(true);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              if (slow.get()) {
                never.await(600, TimeUnit.MILLISECONDS);
              }
              c.reply(200, "");
            });
    Operated operated = probing(upstream, active("timeoutMillis", 200));
    awaitUp(operated, false);
    assertThat(operated.events("health").get(0).getString("reason"))
        .isEqualTo("no whole answer within 200 ms");
    slow.set(false);
    awaitUp(operated, true);
  }

  @Test
  void connectionOfTheProbes_isKept() throws Exception {
    ScriptedUpstream upstream = probed();
    probing(upstream, active());
    Await.until("it has been probed often", () -> probes.get() > 30);
    assertThat(upstream.connections()).isEqualTo(1);
  }
}
