package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** An endpoint that does worse than the others is left out for a time. */
class OutlierIT extends ScaledSuite implements AlsoRemote {
  private static final String OUTLIER = "/upstreams/main/outlier";

  /** For how long the scheduler of a busy machine may keep a thread from running. */
  private static final long NOISE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  /** Long enough to be looked at, on a machine with other work too. */
  private static final long EJECTION_MILLIS = 1000;

  /** A machine that stalls makes one of them late, a gateway that is late all of them. */
  private static final int MEASUREMENTS = 3;

  private final AtomicInteger status = new AtomicInteger(200);

  private ScriptedUpstream onCommand() throws IOException {
    return upstream((request, c) -> c.reply(status.get(), "a"));
  }

  private ScriptedUpstream well() throws IOException {
    return upstream((request, c) -> c.reply(200, "b"));
  }

  private static void load(RawClient client, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      client.get("/");
    }
  }

  @Test
  void endpointThatFailsFiveTimesIsEjectedAndReturns() throws Exception {
    ScriptedUpstream sick = onCommand();
    Gateway gateway =
        gateway(
            GatewayConfig.to(sick, well(), well())
                .with(OUTLIER, new JsonObject().put("baseEjectionMillis", EJECTION_MILLIS)));
    Operated operated = Operated.listen(gateway);
    RawClient client = client();
    load(client, 30);
    int healthy = sick.requests();
    assertThat(healthy).isPositive();
    status.set(500);
    while (!operated.endpoint(0).getBoolean("ejected")) {
      load(client, 1);
    }
    assertThat(sick.requests() - healthy).isEqualTo(5);
    assertThat(gateway.metrics())
        .containsEntry("weir_outlier_ejected{upstream=\"main\"}", 1.0)
        .containsEntry(
            "weir_outlier_ejections_total{reason=\"server-errors\",upstream=\"main\"}", 1.0);
    while (operated.endpoint(0).getBoolean("ejected")) {
      int before = sick.requests();
      load(client, 6);
      boolean still = operated.endpoint(0).getBoolean("ejected");
      assertThat(!still || sick.requests() == before).isTrue();
    }
    status.set(200);
    int before = sick.requests();
    load(client, 30);
    assertThat(sick.requests()).isGreaterThan(before);
    checkEvents(operated);
  }

  @Test
  void probeThatSucceedsBringsAnEjectedEndpointBack() throws Exception {
    ScriptedUpstream sick =
        upstream(
            (request, c) -> c.reply(request.target().equals("/health") ? 200 : status.get(), "a"));
    JsonObject active = new JsonObject().put("path", "/health").put("intervalMillis", 200);
    Gateway gateway =
        gateway(
            GatewayConfig.to(sick, well(), well())
                .with(OUTLIER, new JsonObject().put("baseEjectionMillis", 300_000))
                .with(
                    "/upstreams/main/health",
                    new JsonObject().put("mode", "hybrid").put("active", active)));
    Operated operated = Operated.listen(gateway);
    RawClient client = client();
    status.set(500);
    load(client, 60);
    assertThat(gateway.metrics())
        .hasEntrySatisfying(
            "weir_outlier_ejections_total{reason=\"server-errors\",upstream=\"main\"}",
            ejections -> assertThat(ejections).isPositive());
    status.set(200);
    Await.until("the probe brings it back", () -> !ejected(operated));
  }

  private static boolean ejected(Operated operated) {
    try {
      return operated.endpoint(0).getBoolean("ejected");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void checkEvents(Operated operated) {
    List<JsonObject> events = operated.events("ejection");
    assertThat(events.get(0).getString("outcome")).isEqualTo("ejected");
    assertThat(events.get(0).getString("cause")).isEqualTo("server-errors");
    assertThat(events.get(0).getDouble("value")).isEqualTo(5);
    assertThat(events.get(0).getLong("ejectedMillis")).isEqualTo(EJECTION_MILLIS);
    assertThat(events.get(0).getInteger("ejected")).isEqualTo(1);
    Await.until(
        "its return is told",
        () ->
            operated.events("ejection").stream()
                .anyMatch(event -> event.getString("outcome").equals("returned")));
  }

  @Test
  void onlyOneOfThreeIsEjectedHoweverBadTheyAre() throws Exception {
    status.set(500);
    Gateway gateway =
        gateway(
            GatewayConfig.to(onCommand(), onCommand(), onCommand())
                .with(OUTLIER, new JsonObject()));
    Operated operated = Operated.listen(gateway);
    RawClient client = client();
    load(client, 60);
    int ejected = 0;
    for (int i = 0; i < 3; i++) {
      ejected += operated.endpoint(i).getBoolean("ejected") ? 1 : 0;
    }
    assertThat(ejected).isEqualTo(1);
    assertThat(gateway.metrics().get("weir_outlier_overflows_total{upstream=\"main\"}"))
        .isGreaterThan(0);
  }

  @Test
  void dryRunOnlyTells() throws Exception {
    status.set(500);
    ScriptedUpstream sick = onCommand();
    Gateway gateway =
        gateway(GatewayConfig.to(sick, well()).with(OUTLIER, new JsonObject().put("dryRun", true)));
    Operated operated = Operated.listen(gateway);
    load(client(), 20);
    assertThat(sick.requests()).isGreaterThan(5);
    assertThat(operated.endpoint(0).getBoolean("ejected")).isFalse();
    Await.until("it is told", () -> !operated.events("ejection").isEmpty());
    assertThat(operated.events("ejection").get(0).getString("outcome")).isEqualTo("detected");
  }

  /** From the event on, 10 ms are enough for every lane to have the new view. */
  @Test
  void underLoadNoRequestReachesItSoonAfterItsEjection() throws Exception {
    long most = TimeUnit.MILLISECONDS.toNanos(10) + NOISE_NANOS;
    long least = lateNanos();
    for (int i = 1; i < MEASUREMENTS && least >= most; i++) {
      least = Math.min(least, lateNanos());
    }
    assertThat(least).isLessThan(most);
  }

  /** How long after the event of its ejection an endpoint gets the last request. */
  private long lateNanos() throws Exception {
    status.set(200);
    AtomicLong lastRequest = new AtomicLong();
    ScriptedUpstream sick =
        upstream(
            (request, c) -> {
              lastRequest.set(System.nanoTime());
              c.reply(status.get(), "a");
            });
    Gateway gateway =
        gateway(GatewayConfig.to(sick, well(), well()).with(OUTLIER, new JsonObject()));
    AtomicLong ejectedAt = new AtomicLong();
    Await.result(
        gateway
            .vertx()
            .eventBus()
            .<JsonObject>localConsumer(
                "weir.events",
                event -> {
                  if ("ejected".equals(event.body().getString("outcome"))) {
                    ejectedAt.set(System.nanoTime());
                  }
                })
            .completion());
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), 8)) {
      load.awaitRequests(500);
      status.set(500);
      Await.until("it is ejected", () -> ejectedAt.get() != 0);
      load.awaitRequests(load.requests() + 500);
    }
    return lastRequest.get() - ejectedAt.get();
  }
}
