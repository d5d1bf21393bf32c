package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Endpoints with breakers of their own: one that fails is out alone, all of them refuse. */
class EndpointBreakerIT extends ScaledSuite implements AlsoRemote {
  private static final String BREAKER = "/upstreams/main/circuitBreaker";

  private final AtomicInteger status = new AtomicInteger(500);

  private ScriptedUpstream upstreamOnCommand() throws IOException {
    return upstream((request, c) -> c.reply(status.get(), "answer"));
  }

  private static JsonObject breaker(long openMillis) {
    return new JsonObject()
        .put("scope", "endpoint")
        .put("openMillis", openMillis)
        .put("openJitterPercent", 0);
  }

  private static JsonObject eager(long openMillis) {
    return breaker(openMillis).put("windowSize", 1).put("failureThreshold", 1);
  }

  @Test
  void breakerOfAnEndpointTakesThatOneOutAlone() throws Exception {
    ScriptedUpstream sick = upstreamOnCommand();
    ScriptedUpstream well = upstream((request, c) -> c.reply(200, "well"));
    Gateway gateway = gateway(GatewayConfig.to(sick, well).with(BREAKER, breaker(1000)));
    Operated operated = Operated.listen(gateway);
    RawClient client = client();
    Await.until(
        "it is out",
        () -> {
          try {
            client.get("/");
            return operated.endpoint(0).getBoolean("ejected");
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(sick.requests()).isEqualTo(5);
    status.set(200);
    for (int i = 0; i < 10; i++) {
      assertThat(client.get("/").status()).isEqualTo(200);
    }
    operated.awaitEjected(0, false);
    Await.until(
        "it serves again",
        () -> {
          try {
            return client.get("/").text().equals("answer");
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private Gateway allOut(JsonObject breaker) throws IOException {
    Gateway gateway =
        gateway(
            GatewayConfig.to(upstreamOnCommand(), upstreamOnCommand())
                .with("/upstreams/main/balancer/panicPercent", 0)
                .with(BREAKER, breaker)
                .with("/upstreams/spare", GatewayConfig.upstream(spare().port())));
    RawClient client = client();
    assertThat(client.get("/").status()).isEqualTo(500);
    assertThat(client.get("/").status()).isEqualTo(500);
    return gateway;
  }

  private ScriptedUpstream spare() throws IOException {
    return upstream((request, c) -> c.reply(200, "spare"));
  }

  @Test
  void breakersOfAllEndpoints_refuseWithTheTimeOfTheFirstOne() throws Exception {
    Gateway gateway = allOut(eager(60_000));
    RawResponse refusal = client().get("/");
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.flag()).isEqualTo("CB");
    assertThat(refusal.headers().first("retry-after")).isEqualTo("60");
    Operated operated = Operated.listen(gateway);
    for (int i = 0; i < 2; i++) {
      String id = operated.endpoint(i).getString("endpoint");
      operated.command("breaker.open", "endpoint", id);
    }
    assertThat(client().get("/").headers().first("retry-after"))
        .as("what an operator has opened is worth asking for after openMillis")
        .isEqualTo("60");
  }

  @Test
  void breakersOfAllEndpoints_leaveItToTheFallback() throws Exception {
    allOut(eager(60_000).put("fallback", new JsonObject().put("upstream", "spare")));
    assertThat(client().get("/").text()).isEqualTo("spare");
  }
}
