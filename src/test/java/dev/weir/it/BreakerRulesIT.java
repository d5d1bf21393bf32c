package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What opens a circuit breaker and for how long, as configured, in a started gateway. */
class BreakerRulesIT extends GatewaySuite {
  private static final int MANY = 30;

  private final AtomicInteger status = new AtomicInteger(200);

  private static JsonObject breaker(Object... keysAndValues) {
    JsonObject json = new JsonObject().put("openMillis", 60_000).put("openJitterPercent", 0);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      json.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return json;
  }

  private Operated gateway(ScriptedUpstream upstream, JsonObject breaker) {
    return Operated.listen(
        gateway(GatewayConfig.to(upstream).with("/upstreams/main/circuitBreaker", breaker)));
  }

  private ScriptedUpstream onCommand() throws IOException {
    return upstream((request, c) -> c.reply(status.get(), ""));
  }

  /** How many requests are let through, many at most. */
  private static int until(RawClient client, String flag) throws IOException {
    int count = 0;
    while (count < MANY && !flag.equals(client.get("/").flag())) {
      count++;
    }
    return count;
  }

  @Test
  void windowByTime_opensAtItsShareOfFailures() throws Exception {
    JsonObject timed =
        breaker(
            "window", "time", "windowMillis", 600_000, "minimumCalls", 10, "failurePercent", 50);
    Operated operated = gateway(onCommand(), timed);
    RawClient client = client();
    for (int i = 0; i < 12; i++) {
      client.get("/");
    }
    status.set(500);
    assertThat(until(client, "CB")).as("as many as were good").isEqualTo(12);
    Await.until("it is told", () -> !operated.events("breaker").isEmpty());
    JsonObject event = operated.events("breaker").get(0);
    assertThat(event.getInteger("calls")).isEqualTo(24);
    assertThat(event.getInteger("failures")).isEqualTo(12);
  }

  @Test
  void windowByTime_needsItsMinimumOfCalls() throws Exception {
    status.set(500);
    gateway(onCommand(), breaker("window", "time", "windowMillis", 600_000, "minimumCalls", 17));
    assertThat(until(client(), "CB")).isEqualTo(17);
  }

  /** Each kind of trouble opens a breaker that counts it, and not one that counts all others. */
  @ParameterizedTest
  @CsvSource({"connect, true", "timeout, true", "reset, true", "invalid, true", "status, true"})
  @CsvSource({
    "connect, false",
    "timeout, false",
    "reset, false",
    "invalid, false",
    "status, false"
  })
  void whatIsAFailure_isConfigured(String kind, boolean counts) throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              switch (kind) {
                case "timeout" -> c.drain();
                case "reset" -> c.close();
                case "invalid" -> c.write("HTTP/1.1 OK 200\r\n\r\n");
                default -> c.reply(500, "");
              }
            });
    JsonArray failOn =
        new JsonArray().add("connect").add("timeout").add("reset").add("invalid").add("status");
    failOn.remove(kind);
    JsonObject breaker = breaker("failOn", counts ? new JsonArray().add(kind) : failOn);
    Operated operated =
        Operated.listen(
            gateway(
                (kind.equals("connect")
                        ? GatewayConfig.to(Ports.unused())
                        : GatewayConfig.to(upstream))
                    .timeout("firstByteMillis", kind.equals("timeout") ? 50 : 10_000)
                    .with("/upstreams/main/circuitBreaker", breaker)));
    RawClient client = client();
    for (int i = 0; i < 8; i++) {
      client.get("/");
    }
    String state = operated.breaker().getString("state");
    assertThat(state).isEqualTo(counts ? "OPEN" : "CLOSED");
  }

  @Test
  void statusesThatAreFailures_areConfigured() throws Exception {
    status.set(500);
    Operated operated = gateway(onCommand(), breaker("failureStatuses", new JsonArray().add(429)));
    RawClient client = client();
    assertThat(until(client, "CB")).isEqualTo(MANY);
    status.set(429);
    assertThat(until(client, "CB")).isEqualTo(5);
    assertThat(operated.breaker().getString("state")).isEqualTo("OPEN");
  }

  @Test
  void disabledBreaker_doesNotEvenCount() throws Exception {
    status.set(500);
    Operated operated = gateway(onCommand(), breaker());
    RawClient client = client();
    assertThat(until(client, "CB")).isEqualTo(5);
    assertThat(operated.command("breaker.disable").getString("state")).isEqualTo("DISABLED");
    assertThat(until(client, "CB")).isEqualTo(MANY);
    assertThat(operated.breaker().getInteger("calls")).isZero();
    Await.until("it is told", () -> operated.events("breaker").size() == 2);
    assertThat(operated.events("breaker"))
        .filteredOn(event -> event.getString("state").equals("DISABLED"))
        .singleElement()
        .matches(event -> event.getString("cause").equals("operator"))
        .matches(event -> event.getString("from").equals("OPEN"));
    operated.command("breaker.reset");
    assertThat(until(client, "CB")).as("counted anew").isEqualTo(5);
  }

  @Test
  void timeOpen_growsWithEachFailedTrialUpToItsCap_byChanceLonger() throws Exception {
    status.set(500);
    Operated operated =
        gateway(
            onCommand(),
            breaker(
                "openMillis",
                20,
                "openMultiplier",
                3,
                "maxOpenMillis",
                100,
                "openJitterPercent",
                50));
    try (SteadyLoad load = SteadyLoad.start(operated.gateway().port(), 1)) {
      Await.until("it has opened four times", () -> openMillis(operated).size() >= 4);
      assertThat(load.requests()).isPositive();
    }
    List<Long> millis = openMillis(operated);
    assertThat(millis.get(0)).isBetween(20L, 30L);
    assertThat(millis.get(1)).isBetween(60L, 90L);
    assertThat(millis.subList(2, 4)).allMatch(each -> each >= 100 && each <= 150);
  }

  private static List<Long> openMillis(Operated operated) {
    return operated.events("breaker").stream()
        .filter(event -> event.getString("state").equals("OPEN"))
        .map(event -> event.getLong("openMillis"))
        .toList();
  }
}
