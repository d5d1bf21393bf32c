package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An upstream that fails is left alone, tried carefully, and used again. */
class CircuitBreakerIT extends ScaledSuite implements AlsoRemote {
  private static final String BREAKER = "/upstreams/main/circuitBreaker";
  private static final int CROWD = 20;

  /** Long enough for a few requests, on a machine with other work too. */
  private static final long OPEN_MILLIS = 1000;

  private final AtomicInteger status = new AtomicInteger(200);

  private ScriptedUpstream upstreamOnCommand() throws IOException {
    return upstream((request, c) -> c.reply(status.get(), "answer"));
  }

  private static JsonObject breaker(long openMillis) {
    return new JsonObject().put("openMillis", openMillis).put("openJitterPercent", 0);
  }

  private static int failUntilRefused(RawClient client) throws IOException {
    int failures = 0;
    while (client.get("/").status() == 500) {
      failures++;
    }
    return failures;
  }

  @Test
  void failingUpstreamIsLeftAloneAfterFiveFailuresAndComesBackThroughTwoTrials() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger slow = new AtomicInteger();
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              if (slow.get() == 1) {
                release.await();
              }
              c.reply(status.get(), "answer");
            });
    Gateway gateway = gateway(GatewayConfig.to(upstream).with(BREAKER, breaker(OPEN_MILLIS)));
    Operated operated = Operated.listen(gateway);
    RawClient client = client();
    for (int i = 0; i < 20; i++) {
      assertThat(client.get("/").status()).isEqualTo(200);
    }
    status.set(500);
    long first = System.nanoTime();
    assertThat(failUntilRefused(client)).isEqualTo(5);
    long tookNanos = System.nanoTime() - first;
    System.out.printf(
        "%s: the first refusal %d us after the first failure%n", scale, tookNanos / 1000);
    int reached = upstream.requests();
    assertThat(reached).as("the call after the last failure is refused").isEqualTo(20 + 5);

    for (int i = 0; i < 5; i++) {
      RawResponse refusal = client.get("/");
      if (operated.breaker().getString("state").equals("OPEN")) {
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.flag()).isEqualTo("CB");
        assertThat(refusal.headers().first("retry-after")).isEqualTo("1");
      }
    }
    operated.awaitBreaker("HALF_OPEN");
    assertThat(upstream.requests()).isEqualTo(reached);

    status.set(200);
    slow.set(1);
    List<CompletableFuture<Integer>> answers = crowd();
    Await.until(
        "all but the trials are refused",
        () -> answers.stream().filter(CompletableFuture::isDone).count() == CROWD - 2);
    Await.until("the trials arrive", () -> upstream.requests() == reached + 2);
    release.countDown();
    Await.until("the trials end", () -> answers.stream().allMatch(CompletableFuture::isDone));
    assertThat(answers.stream().filter(answer -> answer.join() == 200).count()).isEqualTo(2);
    assertThat(answers.stream().filter(answer -> answer.join() == 503).count())
        .isEqualTo(CROWD - 2);
    operated.awaitBreaker("CLOSED");
    assertThat(client.get("/").status()).isEqualTo(200);
    checkEvents(operated);
  }

  private static void checkEvents(Operated operated) {
    Await.until("every change is told", () -> operated.events("breaker").size() == 3);
    List<JsonObject> events = operated.events("breaker");
    assertThat(events)
        .extracting(event -> event.getString("state"))
        .containsExactlyInAnyOrder("OPEN", "HALF_OPEN", "CLOSED");
    JsonObject opened =
        events.stream().filter(e -> e.getString("state").equals("OPEN")).findAny().orElseThrow();
    assertThat(opened.getString("cause")).isEqualTo("failures");
    assertThat(opened.getInteger("failures")).isEqualTo(5);
    assertThat(opened.getInteger("calls")).isEqualTo(10);
    assertThat(opened.getLong("openMillis")).isEqualTo(OPEN_MILLIS);
    assertThat(opened.getLong("sequence")).isEqualTo(1);
    assertThat(opened.getLong("version")).isEqualTo(1);
  }

  /** Many clients at once; the statuses that they get. */
  private List<CompletableFuture<Integer>> crowd() throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(CROWD);
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      RawClient each = client();
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return each.get("/").status();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              },
              threads));
    }
    threads.shutdown();
    return answers;
  }

  @Test
  void failedTrialOpensAgainForTwiceAsLong() throws Exception {
    status.set(500);
    ScriptedUpstream upstream = upstreamOnCommand();
    Gateway gateway = gateway(GatewayConfig.to(upstream).with(BREAKER, breaker(400)));
    Operated operated = Operated.listen(gateway);
    RawClient client = client();
    failUntilRefused(client);
    operated.awaitBreaker("HALF_OPEN");
    int reached = upstream.requests();
    assertThat(client.get("/").status()).isEqualTo(500);
    assertThat(client.get("/").flag()).isEqualTo("CB");
    assertThat(upstream.requests()).isEqualTo(reached + 1);
    Await.until("it is told", () -> operated.events("breaker").size() >= 3);
    assertThat(operated.events("breaker"))
        .anyMatch(
            event ->
                "trial-failed".equals(event.getString("cause"))
                    && event.getLong("openMillis") == 800);
  }

  @Test
  void upstreamThatRefusesConnectionsOpensIt() throws Exception {
    Gateway gateway = gateway(GatewayConfig.to(Ports.unused()).with(BREAKER, breaker(60_000)));
    RawClient client = client();
    for (int i = 0; i < 4; i++) {
      assertThat(client.get("/").flag()).isEqualTo("UF");
    }
    assertThat(client.get("/").flag()).isEqualTo("CB"); // Its second try is refused.
    assertThat(client.get("/").headers().first("retry-after")).isEqualTo("60");
    assertThat(gateway.metrics())
        .containsEntry("weir_breaker_state{endpoint=\"\",state=\"OPEN\",upstream=\"main\"}", 1.0)
        .hasEntrySatisfying(
            "weir_breaker_refused_total{endpoint=\"\",upstream=\"main\"}",
            refused -> assertThat(refused).isGreaterThanOrEqualTo(2));
  }

  @Test
  void clientsThatGoAwayNeverCount_andGiveTheirPermitsBack() throws Exception {
    AtomicInteger hangs = new AtomicInteger(1);
    CountDownLatch never = new CountDownLatch(1);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              if (hangs.get() == 1) {
                never.await();
              }
              c.reply(status.get(), "answer");
            });
    Gateway gateway = gateway(GatewayConfig.to(upstream).with(BREAKER, breaker(50)));
    Operated operated = Operated.listen(gateway);
    abortTen(upstream, gateway);
    assertThat(operated.breaker().getString("state")).isEqualTo("CLOSED");
    assertThat(operated.breaker().getInteger("calls")).isZero();

    hangs.set(0);
    status.set(500);
    failUntilRefused(client());
    operated.awaitBreaker("HALF_OPEN");
    hangs.set(1);
    abortTwo(upstream, gateway);
    assertThat(operated.breaker().getString("state")).isEqualTo("HALF_OPEN");
    hangs.set(0);
    status.set(200);
    RawClient client = client();
    assertThat(client.get("/").status()).isEqualTo(200);
    assertThat(client.get("/").status()).isEqualTo(200);
    operated.awaitBreaker("CLOSED");
    never.countDown();
  }

  private void abortTen(ScriptedUpstream upstream, Gateway gateway) throws IOException {
    for (int i = 0; i < 5; i++) {
      abortTwo(upstream, gateway);
    }
  }

  private void abortTwo(ScriptedUpstream upstream, Gateway gateway) throws IOException {
    int before = upstream.requests();
    RawClient first = client();
    RawClient second = client();
    first.request("GET", "/");
    second.request("GET", "/");
    Await.until("both wait", () -> upstream.requests() == before + 2);
    first.reset();
    second.close();
    Await.until("both are given up", () -> gateway.inFlight() == 0);
  }

  @Test
  void fallbackUpstreamServesMeanwhile() throws Exception {
    status.set(500);
    ScriptedUpstream sick = upstreamOnCommand();
    ScriptedUpstream spare = upstream((request, c) -> c.reply(200, "spare"));
    JsonObject fallback = new JsonObject().put("upstream", "spare");
    gateway(
        GatewayConfig.to(sick)
            .with(BREAKER, breaker(60_000).put("fallback", fallback))
            .with("/upstreams/spare", GatewayConfig.upstream(spare.port())));
    RawClient client = client();
    assertThat(failUntilRefused(client)).isEqualTo(5);
    RawResponse response = client.get("/");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).isEqualTo("spare");
    assertThat(response.flag()).isNull();
    assertThat(sick.requests()).isEqualTo(5);
  }

  @Test
  void staticFallbackStandsIn() throws Exception {
    status.set(500);
    ScriptedUpstream sick = upstreamOnCommand();
    JsonObject fallback = new JsonObject().put("status", 203).put("body", "{\"items\": []}");
    gateway(GatewayConfig.to(sick).with(BREAKER, breaker(60_000).put("fallback", fallback)));
    RawClient client = client();
    failUntilRefused(client);
    RawResponse response = client.get("/");
    assertThat(response.status()).isEqualTo(203);
    assertThat(response.text()).isEqualTo("{\"items\": []}");
    assertThat(response.headers().first("content-type")).isEqualTo("application/json");
    assertThat(response.flag()).isEqualTo("CB");
  }

  @Test
  void operatorForcesAndResets() throws Exception {
    ScriptedUpstream upstream = upstreamOnCommand();
    Gateway gateway = gateway(GatewayConfig.to(upstream).with(BREAKER, breaker(60_000)));
    Operated operated = Operated.listen(gateway);
    RawClient client = client();
    assertThat(operated.command("breaker.open").getString("state")).isEqualTo("FORCED_OPEN");
    assertThat(client.get("/").flag()).isEqualTo("CB");
    operated.command("breaker.close");
    status.set(500);
    for (int i = 0; i < 20; i++) {
      assertThat(client.get("/").status()).isEqualTo(500);
    }
    assertThat(operated.breaker().getInteger("failures")).isEqualTo(10);
    operated.command("breaker.reset");
    assertThat(failUntilRefused(client)).isEqualTo(5);
    assertThat(operated.command("breaker.open", "endpoint", "x:1").getJsonObject("error"))
        .isEqualTo(
            new JsonObject()
                .put("code", "not-found")
                .put("message", "there is no circuit breaker before \"x:1\"")
                .put("path", "/endpoint"));
    assertThat(gateway.admin("/upstreams").text()).contains("\"circuitBreaker\"", "\"OPEN\"");
  }

  @Test
  void dashboardsOfVertxCircuitBreakerSeeIt() throws Exception {
    status.set(500);
    ScriptedUpstream upstream = upstreamOnCommand();
    Gateway gateway = gateway(GatewayConfig.to(upstream).with(BREAKER, breaker(60_000)));
    Operated dashboard = Operated.listen(gateway, "vertx.circuit-breaker");
    failUntilRefused(client());
    Await.until(
        "it is told",
        () -> dashboard.all().stream().anyMatch(n -> n.getString("state").equals("OPEN")));
    JsonObject notification = dashboard.all().get(0);
    Map<String, Object> fields = notification.getMap();
    assertThat(fields)
        .containsEntry("name", "weir/main")
        .containsKeys("node", "failures", "resetTimeout", "timeout", "metricRollingWindow")
        .containsKeys("totalOperationCount", "totalErrorPercentage", "totalLatency")
        .containsKeys("rollingOperationCount", "rollingErrorPercentage", "rollingLatencyMean");
    assertThat(notification.getInteger("totalErrorCount")).isEqualTo(5);
  }

  @Test
  void slowAnswersOpenIt() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              never.await(30, TimeUnit.MILLISECONDS);
              c.reply(200, "late");
            });
    JsonObject slow = breaker(60_000).put("slowMillis", 20).put("windowSize", 5);
    gateway(GatewayConfig.to(upstream).with(BREAKER, slow));
    RawClient client = client();
    for (int i = 0; i < 5; i++) {
      assertThat(client.get("/").status()).isEqualTo(200);
    }
    assertThat(client.get("/").flag()).isEqualTo("CB");
    assertThat(upstream.requests()).isEqualTo(5);
  }

  private static JsonObject eager(long openMillis) {
    return breaker(openMillis).put("windowSize", 1).put("failureThreshold", 1);
  }

  @Test
  void secondTryThatIsRefused_hearsHowLongItIsFromNowOn() throws Exception {
    long late = TimeUnit.MILLISECONDS.toNanos(1500);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              long begun = System.nanoTime();
              Await.until("it is late", () -> System.nanoTime() - begun > late);
              c.reply(503, "");
            });
    JsonObject retry =
        new JsonObject().put("attempts", 2).put("on", new JsonArray().add("gateway-error"));
    gateway(
        GatewayConfig.to(upstream)
            .with(BREAKER, eager(10_000))
            .with("/upstreams/main/retry", retry));
    RawResponse refusal = client().get("/");
    assertThat(refusal.flag()).isEqualTo("CB");
    assertThat(refusal.headers().first("retry-after")).isEqualTo("10");
  }
}
