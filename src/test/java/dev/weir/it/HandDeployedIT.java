package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balancer.BalancerVerticle;
import dev.weir.ingress.IngressVerticle;
import dev.weir.node.Node;
import dev.weir.upstream.UpstreamVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The roles are deployed one by one, without {@code WeirVerticle}. */
class HandDeployedIT extends GatewaySuite {
  private static final int CLIENTS = 8;

  private final Vertx vertx = Vertx.vertx();
  private DeploymentOptions options;

  private String deploy(Supplier<Deployable> role) {
    return Await.result(vertx.deployVerticle(role, options));
  }

  @AfterEach
  void closeVertx() {
    Await.result(vertx.close());
  }

  @Test
  void ingressThatIsUndeployed_leavesTheAddressToTheOther() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              if (request.target().equals("/wait")) {
                release.await();
              }
              c.reply(200, "");
            });
    options = new DeploymentOptions().setConfig(GatewayConfig.to(upstream).json());
    deploy(UpstreamVerticle::new);
    deploy(BalancerVerticle::new);
    String first = deploy(IngressVerticle::new);
    deploy(IngressVerticle::new);
    int port = Node.of(vertx).ports().listeners().get(0);
    List<RawClient> waiting = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) { // They are shared out evenly.
      waiting.add(client(port));
      waiting.get(i).request("GET", "/wait");
    }
    Await.until("all are in flight", () -> upstream.requests() == CLIENTS);
    Future<Void> undeployed = vertx.undeploy(first);
    Await.until("the other one serves", () -> serves(port));
    release.countDown();
    for (RawClient client : waiting) {
      assertThat(client.read().status()).isEqualTo(200);
    }
    Await.result(undeployed);
    assertThat(serves(port)).isTrue();
  }

  private boolean serves(int port) {
    try {
      for (int i = 0; i < CLIENTS; i++) {
        assertThat(client(port).get("/").status()).isEqualTo(200);
      }
      return true;
    } catch (IOException e) {
      return false; // A connection that came in just then.
    }
  }
}
