package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code verticles/autoscaling-announcer.groovy}: as many instances as the load needs. */
class AutoscalingIT extends VerticleSuite {
  private static final int CLIENTS = 8;
  private static final int WORK_MILLIS = 20;

  private ScriptedUpstream service() throws Exception {
    return upstream(
        (request, c) -> {
          new CountDownLatch(1).await(WORK_MILLIS, TimeUnit.MILLISECONDS);
          c.reply(200, request.target());
        });
  }

  @Test
  void instancesComeWithTheLoadAndGoWithItAndNoRequestFails() throws Exception {
    JsonArray ports = new JsonArray();
    for (int i = 0; i < 3; i++) {
      ports.add(service().port());
    }
    JsonObject announce = new JsonObject().put("hosts", JsonArray.of("127.0.0.1"));
    GatewayConfig config =
        GatewayConfig.to(new int[0])
            .with("/upstreams/main/announce", announce)
            .with("/upstreams/main/balancer/policy", "least-connections");
    Operated gateway = Operated.listen(gateway(config));
    hear(gateway.gateway().vertx(), "autoscaling");
    String deployment =
        deploy(
            gateway.gateway().vertx(),
            "autoscaling-announcer.groovy",
            new JsonObject()
                .put("upstream", "main")
                .put("ports", ports)
                .put("addAbove", 3)
                .put("removeBelow", 1)
                .put("beatMillis", 100));
    assertThat(instances(gateway)).isEqualTo(1);
    try (SteadyLoad slight = SteadyLoad.start(gateway.gateway().port(), 1)) {
      try (SteadyLoad heavy = SteadyLoad.start(gateway.gateway().port(), CLIENTS)) {
        Await.until(() -> "two are added: " + states(), () -> count("added") >= 2, LONG);
        Await.until("the gateway has them", () -> instances(gateway) >= 2);
        assertThat(heavy.failures()).isEmpty();
      }
      awaitState("withdrawn");
      slight.awaitRequests(slight.requests() + 20);
      assertThat(slight.failures()).isEmpty();
    }
    Await.until(() -> "as few as there may be: " + states(), () -> instances(gateway) == 1, LONG);
    Await.result(gateway.gateway().vertx().undeploy(deployment));
    assertThat(instances(gateway)).isZero();
  }

  private long count(String state) {
    return states().stream().filter(state::equals).count();
  }

  private static int instances(Operated gateway) {
    return gateway.command("upstream.show").getJsonArray("endpoints").size();
  }
}
