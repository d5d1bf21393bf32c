package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How soon after it went down an endpoint gets no request any longer, under load. */
class TransitionIT extends ScaledSuite implements AlsoRemote {
  private static final int TIMES = 40;
  private static final int CHANGES = 200;
  private static final int REQUESTS_BETWEEN = 50;
  private static final int CLIENTS = 4;
  private static final long MOST_MILLIS = 10;
  private static final long POLL_NANOS = 20_000;

  private final AtomicLong lastRequest = new AtomicLong();
  private final AtomicInteger seen = new AtomicInteger();

  /** Under load too: a lane that has the view of a change picks nobody whom it has taken out. */
  @Test
  void everyLaneHasTheNewViewTenMillisecondsLater() throws Exception {
    Gateway gateway = gateway(upstream((request, c) -> c.reply(200, request.target())));
    Node node = Node.of(gateway.vertx());
    Endpoint endpoint = node.snapshot().upstreams().get("main").endpoints().get(0);
    long[] lateNanos = new long[CHANGES];
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), CLIENTS)) {
      for (int i = 0; i < CHANGES; i++) {
        int before = load.requests();
        long start = System.nanoTime();
        assertThat(node.states().health(endpoint, i % 2 == 1)).isTrue();
        long version = node.views().current("main");
        while (node.views().everywhere("main") < version) {
          LockSupport.parkNanos(POLL_NANOS);
        }
        lateNanos[i] = System.nanoTime() - start;
        load.awaitRequests(before + CLIENTS);
      }
    }
    Arrays.sort(lateNanos);
    System.out.printf(
        "%s: every lane has it after %d us (median), %d us (19 of 20), %d us (at most)%n",
        scale,
        lateNanos[CHANGES / 2] / 1000,
        lateNanos[CHANGES * 19 / 20] / 1000,
        lateNanos[CHANGES - 1] / 1000);
    assertThat(TimeUnit.NANOSECONDS.toMillis(lateNanos[CHANGES * 3 / 4]))
        .as("three of four, on a machine with other work")
        .isLessThan(MOST_MILLIS);
  }

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
        assertThat(node.states().health(endpoint, false)).isTrue();
        load.awaitRequests(load.requests() + REQUESTS_BETWEEN);
        lateNanos[i] = Math.max(0, lastRequest.get() - start);
        node.states().health(endpoint, true);
      }
    }
    Arrays.sort(lateNanos);
    long usual = TimeUnit.NANOSECONDS.toMillis(lateNanos[TIMES * 3 / 4]);
    System.out.printf(
        "%s: the last request after %d us (median), %d us (three of four), %d us (at most)%n",
        scale,
        lateNanos[TIMES / 2] / 1000,
        lateNanos[TIMES * 3 / 4] / 1000,
        lateNanos[TIMES - 1] / 1000);
    assertThat(usual).as("three of four, on a machine with other work").isLessThan(MOST_MILLIS);
  }
}
