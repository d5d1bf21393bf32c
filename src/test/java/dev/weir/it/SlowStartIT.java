package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * One of four endpoints dies under load and comes back: its share grows along the line that slow
 * start promises.
 */
class SlowStartIT extends GatewaySuite {
  private static final int CONNECTIONS = 8;
  private static final int WINDOW_MILLIS = 2000;
  private static final int SLICES = 10;
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(WINDOW_MILLIS) / SLICES;

  /**
   * What the gateway does in steps of a hundredth, and a busy machine in bursts: 5 percent, and
   * five deviations of as many draws as there were requests.
   */
  private static final double TOLERANCE = 0.05;

  private final List<ScriptedUpstream> upstreams = new ArrayList<>();

  private Gateway gateway() throws Exception {
    for (int i = 0; i < 4; i++) {
      upstreams.add(upstream((request, c) -> c.reply(200, request.target())));
    }
    JsonObject slowStart = new JsonObject().put("windowMillis", WINDOW_MILLIS);
    JsonObject health =
        new JsonObject()
            .put("mode", "active")
            .put("active", new JsonObject().put("type", "tcp").put("intervalMillis", 20));
    return gateway(
        GatewayConfig.to(upstreams.toArray(ScriptedUpstream[]::new))
            .with("/upstreams/main/balancer", new JsonObject().put("slowStart", slowStart))
            .with("/upstreams/main/health", health));
  }

  private int total() {
    return upstreams.stream().mapToInt(ScriptedUpstream::requests).sum();
  }

  /** The share of an endpoint of weight 1 beside three at an age, averaged over a slice. */
  private static double expected(double fromAge, double toAge) {
    double sum = 0;
    int steps = 100;
    for (int i = 0; i < steps; i++) {
      double age = fromAge + (toAge - fromAge) * i / steps;
      double weight = Math.min(1, Math.max(0.1, age));
      sum += weight / (3 + weight);
    }
    return sum / steps;
  }

  private static Endpoint endpoint(Gateway gateway, int index) {
    return Node.of(gateway.vertx()).snapshot().upstreams().get("main").endpoints().get(index);
  }

  @Test
  void shareOfAnEndpointThatComesBack_growsAsPromised() throws Exception {
    Gateway gateway = gateway();
    ScriptedUpstream victim = upstreams.get(0);
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), CONNECTIONS)) {
      load.awaitRequests(2_000);
      int port = victim.port();
      victim.close();
      Await.until("its death is noticed", () -> !endpoint(gateway, 0).healthy());
      load.awaitRequests(load.requests() + 1_000);
      assertThat(load.failures()).isEmpty();
      ScriptedUpstream reborn = upstreamAt(port, (request, c) -> c.reply(200, request.target()));
      upstreams.set(0, reborn);
      Await.until("it is back", () -> endpoint(gateway, 0).healthy());
      assertCurve(endpoint(gateway, 0).joined(), reborn);
      assertThat(load.failures()).isEmpty();
    }
  }

  private void assertCurve(long start, ScriptedUpstream reborn) {
    for (int slice = 0; slice <= SLICES; slice++) {
      long from = System.nanoTime();
      int own = reborn.requests();
      int all = total();
      long end = start + (slice + 1) * SLICE_NANOS;
      Await.until("the slice is over", () -> System.nanoTime() - end >= 0);
      int picked = reborn.requests() - own;
      int served = total() - all;
      double window = SLICES * SLICE_NANOS;
      double share = expected((from - start) / window, (System.nanoTime() - start) / window);
      double chance = 5 * Math.sqrt(share * (1 - share) / Math.max(1, served));
      assertThat((double) picked / served)
          .as("slice %s of %s requests", slice, served)
          .isBetween(share - TOLERANCE - chance, share + TOLERANCE + chance);
    }
  }
}
