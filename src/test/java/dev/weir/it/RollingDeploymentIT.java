package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Services that announce themselves are replaced one after the other, each by one on another port,
 * while clients ask at two nodes of the cluster. The system property {@code weir.deployment.rounds}
 * says how often all of them are; nobody tries a request twice.
 */
@Timeout(600)
class RollingDeploymentIT extends AnnouncedSuite {
  private static final int ROUNDS = Integer.getInteger("weir.deployment.rounds", 3);
  private static final int SERVICES = 4;
  private static final int CLIENTS = 8;
  private static final int REQUESTS_BETWEEN = 50;

  @Test
  void servicesAreReplacedInTurn_noRequestFails() {
    Operated one = node();
    Operated two = node();
    Await.until("both know each other", () -> one.members() == 2 && two.members() == 2);
    Vertx home = home();
    Deque<String> services = new ArrayDeque<>();
    for (int i = 0; i < SERVICES; i++) {
      services.add(Await.result(home.deployVerticle(new AnnouncedService())));
    }
    try (SteadyLoad first = SteadyLoad.start(one.gateway().port(), CLIENTS);
        SteadyLoad second = SteadyLoad.start(two.gateway().port(), CLIENTS)) {
      for (int i = 0; i < ROUNDS * SERVICES; i++) {
        services.add(Await.result(home.deployVerticle(new AnnouncedService())));
        Await.result(home.undeploy(services.remove()));
        first.awaitRequests(first.requests() + REQUESTS_BETWEEN);
        second.awaitRequests(second.requests() + REQUESTS_BETWEEN);
      }
      assertThat(first.failures()).isEmpty();
      assertThat(second.failures()).isEmpty();
      assertThat(endpoints(one)).hasSize(SERVICES).isEqualTo(endpoints(two));
    }
  }
}
