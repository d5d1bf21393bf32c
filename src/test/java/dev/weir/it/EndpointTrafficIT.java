package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@code upstream.show} says of the traffic of each endpoint. */
class EndpointTrafficIT extends GatewaySuite {

  @Test
  void responsesErrorsFailuresAndLatenciesAreCountedByEndpoint() throws Exception {
    ScriptedUpstream good = upstream((request, c) -> c.reply(200, ""));
    ScriptedUpstream bad = upstream((request, c) -> c.reply(503, ""));
    ScriptedUpstream dead = scripted(c -> c.request());
    Operated gateway = Operated.listen(gateway(GatewayConfig.to(good, bad, dead)));
    RawClient client = client();
    for (int i = 0; i < 30; i++) {
      client.get("/");
    }
    JsonObject[] traffic =
        IntStream.range(0, 3)
            .mapToObj(place -> gateway.endpoint(place).getJsonObject("traffic"))
            .toArray(JsonObject[]::new);
    assertThat(traffic[0].getInteger("responses")).isEqualTo(10);
    assertThat(traffic[0].getInteger("serverErrors")).isZero();
    assertThat(traffic[0].getInteger("failures")).isZero();
    assertThat(total(traffic[0].getJsonArray("firstByteCounts"))).isEqualTo(10);
    assertThat(traffic[1].getInteger("responses")).isEqualTo(10);
    assertThat(traffic[1].getInteger("serverErrors")).isEqualTo(10);
    assertThat(traffic[2].getInteger("responses")).isZero();
    assertThat(traffic[2].getInteger("failures")).isEqualTo(10);
    assertThat(total(traffic[2].getJsonArray("firstByteCounts"))).isZero();
    JsonArray bounds = gateway.command("upstream.show").getJsonArray("firstByteBoundsMillis");
    assertThat(bounds).hasSize(traffic[0].getJsonArray("firstByteCounts").size() - 1);
    assertThat(bounds.getDouble(0)).isEqualTo(0.5);
  }

  private static int total(JsonArray counts) {
    return counts.stream().mapToInt(each -> ((Number) each).intValue()).sum();
  }
}
