package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Four processes are killed and started again on their port, one after the other, while clients
 * ask. {@link RollingRestartIT} does so within this JVM, wherever the roles stand. The system
 * property {@code weir.restart.rounds} says how often.
 */
@Timeout(300)
class ServiceRestartIT extends GatewaySuite {
  private static final int ROUNDS = Integer.getInteger("weir.restart.rounds", 10);
  private static final int CLIENTS = 8;
  private static final int REQUESTS_BETWEEN = 100;

  private final List<ServiceProcess> services = new ArrayList<>();

  private Gateway gateway() throws IOException {
    for (int i = 0; i < 4; i++) {
      services.add(new ServiceProcess());
    }
    return gateway(
        GatewayConfig.to(services.stream().mapToInt(ServiceProcess::port).toArray())
            .with("/upstreams/main/retry", new JsonObject().put("attempts", 4))
            // All clients may be at the one that dies.
            .with("/upstreams/main/retryBudget", new JsonObject().put("minRetries", CLIENTS)));
  }

  @AfterEach
  void stopServices() {
    services.forEach(ServiceProcess::close);
  }

  @Test
  void processesAreKilledInTurn_noRequestFails() throws Exception {
    try (SteadyLoad load = SteadyLoad.start(gateway().port(), CLIENTS)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (ServiceProcess service : services) {
          load.awaitRequests(load.requests() + REQUESTS_BETWEEN);
          service.kill();
          load.awaitRequests(load.requests() + REQUESTS_BETWEEN);
          service.start();
        }
      }
      load.awaitRequests(load.requests() + REQUESTS_BETWEEN);
      assertThat(load.failures()).isEmpty();
    }
  }
}
