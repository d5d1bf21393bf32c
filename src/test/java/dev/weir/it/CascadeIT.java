package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * One of three upstreams hangs: its own clients are refused, those of the others notice nothing. On
 * a machine without other work {@code -Dweir.cascade.noiseMicros=0} allows nothing for its noise.
 */
class CascadeIT extends ScaledSuite {
  private static final int CLIENTS_OF_THE_SICK = 8;
  private static final int CALLS = 1_500;
  private static final int ROUNDS = 6;
  private static final double ALLOWED = 1.2;

  /** What the machine does to a hundredth of the requests when it has other work as well. */
  private static final long NOISE_NANOS =
      TimeUnit.MICROSECONDS.toNanos(Integer.getInteger("weir.cascade.noiseMicros", 1000));

  private final AtomicBoolean hangs = new AtomicBoolean();
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch pause = new CountDownLatch(1);
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicInteger refused = new AtomicInteger();

  private static JsonObject route(String name) {
    JsonObject match = new JsonObject().put("path", "/" + name + "/*");
    return new JsonObject().put("id", name).put("upstream", name).put("match", match);
  }

  private GatewayConfig config() throws IOException {
    ScriptedUpstream sick =
        upstream(
            (request, c) -> {
              if (hangs.get()) {
                end.await();
              }
              c.reply(200, "sick");
            });
    JsonObject breaker = new JsonObject().put("openMillis", 60_000);
    return GatewayConfig.to(sick)
        .routes(route("main"), route("a"), route("b"))
        .timeout("firstByteMillis", 300)
        .with("/upstreams/main/circuitBreaker", breaker)
        .with("/upstreams/a", GatewayConfig.upstream(well().port()))
        .with("/upstreams/b", GatewayConfig.upstream(well().port()));
  }

  private ScriptedUpstream well() throws IOException {
    return upstream((request, c) -> c.reply(200, "well"));
  }

  private void pester(RawClient client) {
    try {
      while (!stop.get()) {
        if ("CB".equals(client.get("/main/x").flag())) {
          refused.incrementAndGet();
        }
        pause.await(5, TimeUnit.MILLISECONDS); // The same load, whatever the answer.
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The 99th percentile of the requests to both other upstreams, in nanoseconds. */
  private static long p99(RawClient client) throws IOException {
    long[] took = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      assertThat(client.get(i % 2 == 0 ? "/a/x" : "/b/x").status()).isEqualTo(200);
      took[i] = System.nanoTime() - start;
    }
    Arrays.sort(took);
    return took[CALLS * 99 / 100];
  }

  @Test
  void othersStayAsFastAsTheyWere() throws Exception {
    Gateway gateway = gateway(config());
    Operated operated = Operated.listen(gateway);
    RawClient client = client();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS_OF_THE_SICK);
    List<CompletableFuture<Void>> pesterers = new ArrayList<>();
    for (int i = 0; i < CLIENTS_OF_THE_SICK; i++) {
      RawClient each = client();
      pesterers.add(CompletableFuture.runAsync(() -> pester(each), threads));
    }
    p99(client); // Warms up.
    long before = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS / 2; i++) {
      before = Math.min(before, p99(client));
    }
    hangs.set(true);
    operated.awaitBreaker("OPEN");
    long during = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS && during > before * ALLOWED + NOISE_NANOS; i++) {
      during = Math.min(during, p99(client));
    }
    stop.set(true);
    end.countDown();
    for (CompletableFuture<Void> pesterer : pesterers) {
      Await.result(pesterer, Await.PATIENCE);
    }
    threads.shutdown();
    System.out.printf(
        "%s: p99 %d us before, %d us while one hangs%n", scale, before / 1000, during / 1000);
    assertThat(refused.get()).isPositive();
    assertThat((double) during)
        .as("p99 in ns, %d before", before)
        .isLessThanOrEqualTo(before * ALLOWED + NOISE_NANOS);
  }
}
