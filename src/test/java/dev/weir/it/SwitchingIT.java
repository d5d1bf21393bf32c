package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.BalancerConfig;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Balancing is changed again and again under load, and nobody notices. */
@Timeout(180)
class SwitchingIT extends BalancingSuite {
  private static final int CONNECTIONS = 16;

  @Test
  void noRequestFailsInAThousandSwitches() throws Exception {
    int switches = scale() == Scale.PER_EVENT_LOOP ? 1000 : 200;
    List<ScriptedUpstream> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(upstream((request, c) -> c.reply(200, request.target())));
    }
    Gateway gateway = gateway(all.toArray(ScriptedUpstream[]::new));
    Random random = new Random(9);
    ScriptedUpstream last = all.get(3);
    boolean member = true;
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), CONNECTIONS)) {
      for (int i = 0; i < switches; i++) {
        switch (i % 4) {
          case 0 -> command(gateway, op("upstream.policy", "balancer", options(random)));
          case 1 -> command(gateway, weight(all.get(random.nextInt(3)), 1 + random.nextInt(9)));
          case 2 -> command(gateway, op("upstream.shadow", "policy", policy(random)));
          default -> {
            command(gateway, member ? remove(last) : add(last));
            member = !member;
          }
        }
        load.awaitRequests(load.requests() + 1);
      }
      assertThat(load.failures()).isEmpty();
      assertThat(load.requests()).isGreaterThan(switches);
    }
  }

  private static String policy(Random random) {
    return BalancerConfig.POLICIES.get(random.nextInt(BalancerConfig.POLICIES.size()));
  }

  private static JsonObject options(Random random) {
    return new JsonObject()
        .put("policy", policy(random))
        .put("hash", new JsonObject().put("maxLoadPercent", random.nextBoolean() ? 0 : 125))
        .put("slowStart", new JsonObject().put("windowMillis", random.nextInt(500)))
        .put("panicPercent", random.nextInt(101));
  }

  private static JsonObject weight(ScriptedUpstream upstream, int weight) {
    return op("endpoint.weight", "endpoint", id(upstream), "weight", weight);
  }

  private static JsonObject remove(ScriptedUpstream upstream) {
    return op("endpoint.remove", "endpoint", id(upstream));
  }

  private static JsonObject add(ScriptedUpstream upstream) {
    JsonObject endpoint = new JsonObject().put("host", "127.0.0.1").put("port", upstream.port());
    return op("endpoint.add", "endpoint", endpoint);
  }

  private static String id(ScriptedUpstream upstream) {
    return "127.0.0.1:" + upstream.port();
  }
}
