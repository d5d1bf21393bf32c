package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * How soon after it went down an endpoint gets no request any longer, under load. A machine with
 * other work keeps whole event loops waiting: there, three of four changes have to be known in
 * time, and all of them as soon as anything is that event loops are asked at the same moment. On a
 * machine without other work {@code -Dweir.transition.percent=100} asks for all of them.
 */
class TransitionIT extends ScaledSuite implements AlsoRemote {
  private static final int TIMES = 40;
  private static final int CHANGES = 200;
  private static final int REQUESTS_BETWEEN = 50;
  private static final int CLIENTS = 4;
  private static final long MOST_MILLIS = 10;
  private static final long POLL_NANOS = 20_000;
  private static final int PERCENT = Integer.getInteger("weir.transition.percent", 75);

  private final AtomicLong lastRequest = new AtomicLong();
  private final AtomicInteger seen = new AtomicInteger();

  /** Under load too: a lane that has the view of a change picks nobody whom it has taken out. */
  @Test
  void everyLaneHasTheNewViewTenMillisecondsLater() throws Exception {
    Gateway gateway = gateway(upstream((request, c) -> c.reply(200, request.target())));
    Node node = Node.of(gateway.vertx());
    Endpoint endpoint = node.snapshot().upstreams().get("main").endpoints().get(0);
    long[] lateNanos = new long[CHANGES];
    long[] behindNanos = new long[CHANGES];
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), CLIENTS)) {
      for (int i = 0; i < CHANGES; i++) {
        int before = load.requests();
        long start = System.nanoTime();
        assertThat(node.states().health(endpoint, i % 2 == 1)).isTrue();
        long version = node.views().current("main");
        CountDownLatch others = askEveryLoop(gateway);
        long known = 0;
        long asked = 0;
        while (known == 0 || asked == 0) {
          LockSupport.parkNanos(POLL_NANOS);
          long now = System.nanoTime();
          asked = asked == 0 && others.getCount() == 0 ? now : asked;
          known = known == 0 && node.views().everywhere("main") >= version ? now : known;
        }
        lateNanos[i] = known - start;
        behindNanos[i] = known - asked;
        load.awaitRequests(before + CLIENTS);
      }
    }
    Arrays.sort(lateNanos);
    Arrays.sort(behindNanos);
    System.out.printf(
        "%s: every lane has it after %d us (median), %d us (19 of 20), %d us (at most),"
            + " at most %d us after anything else%n",
        scale,
        lateNanos[CHANGES / 2] / 1000,
        lateNanos[CHANGES * 19 / 20] / 1000,
        lateNanos[CHANGES - 1] / 1000,
        behindNanos[CHANGES - 1] / 1000);
    assertThat(TimeUnit.NANOSECONDS.toMillis(within(lateNanos)))
        .as("%d of 100", PERCENT)
        .isLessThan(MOST_MILLIS);
    assertThat(TimeUnit.NANOSECONDS.toMillis(behindNanos[CHANGES - 1]))
        .as("all, after what else the event loops were asked")
        .isLessThan(MOST_MILLIS);
  }

  /** Asks every event loop for nothing. */
  private static CountDownLatch askEveryLoop(Gateway gateway) {
    List<EventExecutor> loops = new ArrayList<>();
    ((VertxInternal) gateway.vertx()).nettyEventLoopGroup().forEach(loops::add);
    CountDownLatch answers = new CountDownLatch(loops.size());
    loops.forEach(loop -> loop.execute(answers::countDown));
    return answers;
  }

  /** The longest of those that have to be in time. */
  private static long within(long[] sorted) {
    return sorted[Math.min(sorted.length - 1, sorted.length * PERCENT / 100)];
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
    System.out.printf(
        "%s: the last request after %d us (median), %d us (three of four), %d us (at most)%n",
        scale,
        lateNanos[TIMES / 2] / 1000,
        lateNanos[TIMES * 3 / 4] / 1000,
        lateNanos[TIMES - 1] / 1000);
    assertThat(TimeUnit.NANOSECONDS.toMillis(within(lateNanos)))
        .as("%d of 100", PERCENT)
        .isLessThan(MOST_MILLIS);
  }
}
