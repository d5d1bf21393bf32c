package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every rule of ejection, by itself, in a started gateway. */
class OutlierRulesIT extends GatewaySuite {
  private static final int MOST_REQUESTS = 2000;

  /** How the endpoint that is to be found answers its n-th request. */
  private interface Trouble {
    void answer(int number, UpstreamConnection connection) throws Exception;
  }

  private static JsonObject rule(Object... keysAndValues) {
    JsonObject json = new JsonObject();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      json.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return json;
  }

  private static JsonObject off() {
    return rule("enforcePercent", 0);
  }

  /** Five endpoints, the first in trouble; no other rule of runs ejects. */
  private Operated gateway(JsonObject outlier, Trouble trouble) throws IOException {
    int[] asked = {0};
    ScriptedUpstream[] upstreams = new ScriptedUpstream[5];
    upstreams[0] =
        upstream(
            (request, c) -> {
              int number;
              synchronized (asked) {
                number = asked[0]++;
              }
              trouble.answer(number, c);
            });
    for (int i = 1; i < upstreams.length; i++) {
      upstreams[i] = upstream((request, c) -> c.reply(200, ""));
    }
    JsonObject all = rule("serverErrors", off(), "successRate", off()).mergeIn(outlier);
    return Operated.listen(
        gateway(GatewayConfig.to(upstreams).with("/upstreams/main/outlier", all)));
  }

  private JsonObject ejection(Operated operated) throws IOException {
    RawClient client = client();
    for (int i = 0; i < MOST_REQUESTS && ejections(operated).isEmpty(); i++) {
      client.get("/");
    }
    Await.until("somebody is ejected", () -> !ejections(operated).isEmpty());
    assertThat(operated.endpoint(0).getBoolean("ejected")).isTrue();
    return ejections(operated).get(0);
  }

  private static List<JsonObject> ejections(Operated operated) {
    return operated.events("ejection").stream()
        .filter(event -> event.getString("outcome").equals("ejected"))
        .toList();
  }

  private static JsonObject gatewayFailures() {
    return rule(
        "gatewayFailures", rule("consecutive", 3, "enforcePercent", 100), "jitterMillis", 5000);
  }

  @Test
  void gatewayFailuresInARow() throws Exception {
    Operated operated = gateway(gatewayFailures(), (number, c) -> c.reply(502 + number % 3, ""));
    JsonObject event = ejection(operated);
    assertThat(event.getString("cause")).isEqualTo("gateway-failures");
    assertThat(event.getDouble("value")).isEqualTo(3);
    assertThat(event.getLong("ejectedMillis")).as("with jitter").isBetween(30_000L, 35_000L);
  }

  @Test
  void otherServerErrors_areNoGatewayFailures() throws Exception {
    Operated operated = gateway(gatewayFailures(), (number, c) -> c.reply(500, ""));
    RawClient client = client();
    for (int i = 0; i < 50; i++) {
      client.get("/");
    }
    Await.until("the rule that is off tells", () -> !operated.events("ejection").isEmpty());
    JsonObject event = operated.events("ejection").get(0);
    assertThat(event.getString("cause")).isEqualTo("server-errors");
    assertThat(event.getString("outcome")).isEqualTo("detected");
    assertThat(operated.endpoint(0).getBoolean("ejected")).isFalse();
  }

  @Test
  void localFailuresInARow_whereTheyAreCountedApart() throws Exception {
    JsonObject split = rule("splitLocalFailures", true, "localFailures", rule("consecutive", 4));
    JsonObject event = ejection(gateway(split, (number, c) -> c.close()));
    assertThat(event.getString("cause")).isEqualTo("local-failures");
    assertThat(event.getDouble("value")).isEqualTo(4);
  }

  @Test
  void successRateFarBelowTheMean() throws Exception {
    JsonObject rate = rule("minimumRequests", 5, "enforcePercent", 100);
    JsonObject event =
        ejection(
            gateway(
                rule("intervalMillis", 300, "successRate", rate),
                (number, c) -> c.reply(number % 3 == 0 ? 200 : 500, "")));
    assertThat(event.getString("cause")).isEqualTo("success-rate");
    assertThat(event.getDouble("value")).isLessThan(event.getDouble("threshold"));
  }

  @Test
  void failureRate() throws Exception {
    JsonObject rate = rule("minimumRequests", 5, "percent", 60, "enforcePercent", 100);
    JsonObject event =
        ejection(
            gateway(
                rule("intervalMillis", 300, "failureRate", rate),
                (number, c) -> c.reply(number % 4 == 0 ? 200 : 500, "")));
    assertThat(event.getString("cause")).isEqualTo("failure-rate");
    assertThat(event.getDouble("value")).isGreaterThanOrEqualTo(60);
  }
}
