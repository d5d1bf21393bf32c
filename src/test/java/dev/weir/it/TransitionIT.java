package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How soon after it went down an endpoint gets no request any longer, under load. */
class TransitionIT extends ScaledSuite {
  private static final int TIMES = 40;
  private static final int REQUESTS_BETWEEN = 50;
  private static final int CLIENTS = 4;
  private static final long MOST_MILLIS = 10;

  private final AtomicLong lastRequest = new AtomicLong();
  private final AtomicInteger seen = new AtomicInteger();

  @Test
  void noRequestReachesItTenMillisecondsLater() throws Exception {
    ScriptedUpstream watched =
        upstream(
            (request, c) -> {
              lastRequest.set(System.nanoTime());
              seen.incrementAndGet();
              c.reply(200, request.target());
            });
    Gateway gateway =
        gateway(
            GatewayConfig.to(
                watched,
                upstream((request, c) -> c.reply(200, request.target())),
                upstream((request, c) -> c.reply(200, request.target()))));
    Node node = Node.of(gateway.vertx());
    Endpoint endpoint = node.snapshot().upstreams().get("main").endpoints().get(0);
    long[] lateNanos = new long[TIMES];
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), CLIENTS)) {
      for (int i = 0; i < TIMES; i++) {
        int before = seen.get();
        Await.until("it has traffic", () -> seen.get() > before);
        long start = System.nanoTime();
        assertThat(node.health(endpoint, false)).isTrue();
        load.awaitRequests(load.requests() + REQUESTS_BETWEEN);
        lateNanos[i] = Math.max(0, lastRequest.get() - start);
        node.health(endpoint, true);
      }
    }
    Arrays.sort(lateNanos);
    long usual = TimeUnit.NANOSECONDS.toMillis(lateNanos[TIMES * 3 / 4]);
    assertThat(usual).as("three of four, on a machine with other work").isLessThan(MOST_MILLIS);
  }
}
