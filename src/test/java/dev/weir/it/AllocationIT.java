package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a request allocates on the event loops, which does not depend on how fast the machine is: a
 * small GET through a gateway with health checks, circuit breakers, outlier detection, limits and a
 * timeout of the whole request.
 */
class AllocationIT extends GatewaySuite {

  /** Above what was measured by as much as compilers and collectors may make of it. */
  private static final long MOST_BYTES = 4096;

  private static final int WARM_UP = 20_000;
  private static final int REQUESTS = 10_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Level level = ResourceLeakDetector.getLevel();

  /** A watched buffer costs many times what it holds. */
  @BeforeEach
  void watchNoBuffers() {
    ResourceLeakDetector.setLevel(Level.DISABLED);
  }

  @AfterEach
  void watchBuffersAgain() {
    ResourceLeakDetector.setLevel(level);
  }

  @Test
  void smallGet_allocatesLittle() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "hello"));
    Gateway gateway =
        gateway(
            GatewayConfig.to(upstream)
                .with("/upstreams/main/health/mode", "hybrid")
                .with("/upstreams/main/health/active/path", "/health")
                .with("/upstreams/main/circuitBreaker/scope", "both")
                .with("/upstreams/main/circuitBreaker/window", "time")
                .with("/upstreams/main/outlier", new JsonObject())
                .with("/upstreams/main/limits/maxRequests", 1000)
                .timeout("requestMillis", 30_000));
    long[] loops = loops(gateway);
    try (RawClient client = gateway.connect()) {
      get(client, WARM_UP);
      long before = allocated(loops);
      get(client, REQUESTS);
      long bytes = (allocated(loops) - before) / REQUESTS;
      assertThat(bytes).as("bytes a request").isPositive().isLessThanOrEqualTo(MOST_BYTES);
    }
  }

  private static void get(RawClient client, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      assertThat(client.get("/").status()).isEqualTo(200);
    }
  }

  private long[] loops(Gateway gateway) throws Exception {
    List<Long> ids = new ArrayList<>();
    for (EventExecutor loop : ((VertxInternal) gateway.vertx()).nettyEventLoopGroup()) {
      ids.add(loop.submit(() -> Thread.currentThread().getId()).get());
    }
    return ids.stream().mapToLong(Long::longValue).toArray();
  }

  private long allocated(long[] loops) {
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(loops)) {
      sum += bytes;
    }
    return sum;
  }
}
