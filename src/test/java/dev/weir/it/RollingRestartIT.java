package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Four services are killed and come back on their port, one after the other, while clients ask. The
 * system property {@code weir.restart.rounds} says how often.
 */
@Timeout(300)
class RollingRestartIT extends ScaledSuite {
  private static final int ROUNDS = Integer.getInteger("weir.restart.rounds", 3);
  private static final int SERVICES = 4;
  private static final int CLIENTS = 8;
  private static final int REQUESTS_BETWEEN = 100;

  private ScriptedUpstream service(int port) throws IOException {
    return upstreamAt(port, (request, c) -> c.reply(200, request.target()));
  }

  @Test
  void servicesAreKilledInTurn_noRequestFails() throws Exception {
    ScriptedUpstream[] services = new ScriptedUpstream[SERVICES];
    for (int i = 0; i < SERVICES; i++) {
      services[i] = service(0);
    }
    Gateway gateway =
        gateway(
            GatewayConfig.to(services)
                .with("/upstreams/main/retry", new JsonObject().put("attempts", 4))
                // All clients may be at the one that dies.
                .with("/upstreams/main/retryBudget", new JsonObject().put("minRetries", CLIENTS)));
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), CLIENTS)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < SERVICES; i++) {
          int port = services[i].port();
          load.awaitRequests(load.requests() + REQUESTS_BETWEEN);
          services[i].close();
          load.awaitRequests(load.requests() + REQUESTS_BETWEEN);
          services[i] = service(port);
        }
      }
      load.awaitRequests(load.requests() + REQUESTS_BETWEEN);
      assertThat(load.failures()).isEmpty();
    }
  }
}
