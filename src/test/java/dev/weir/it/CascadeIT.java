package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * One of three upstreams hangs. Without a breaker in front of it, its requests soon hold every
 * connection of clients that use the others as well, which starve; with one they are refused at
 * once, and those of the others notice nothing. On a machine without other work {@code
 * -Dweir.cascade.noiseMicros=0} allows nothing for its noise.
 */
class CascadeIT extends ScaledSuite {
  private static final int CLIENTS_OF_THE_SICK = 8;
  private static final int CALLS = 1_500;
  private static final int ROUNDS = 6;
  private static final double ALLOWED = 1.2;
  private static final int SHARED_CONNECTIONS = 8;
  private static final int SHARED_CALLS = 400;
  private static final long SHARED_PERIOD_NANOS = 2_000_000;
  private static final long FIRST_BYTE_MILLIS = 300;

  /** How many times as long others take that starve, at least. */
  private static final int STARVED = 10;

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

  private GatewayConfig config(JsonObject breaker) throws IOException {
    ScriptedUpstream sick =
        upstream(
            (request, c) -> {
              if (hangs.get()) {
                end.await();
              }
              c.reply(200, "sick");
            });
    GatewayConfig config = GatewayConfig.to(sick);
    if (breaker != null) {
      config.with("/upstreams/main/circuitBreaker", breaker);
    }
    return config
        .routes(route("main"), route("a"), route("b"))
        .timeout("firstByteMillis", FIRST_BYTE_MILLIS)
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

  private long p99WhenItWorksAgain(RawClient client) throws IOException {
    hangs.set(false);
    end.countDown();
    return p99(client);
  }

  @Test
  void othersStayAsFastAsTheyWere() throws Exception {
    Gateway gateway = gateway(config(new JsonObject().put("openMillis", 60_000)));
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
    if (during > before * ALLOWED + NOISE_NANOS) {
      before = Math.max(before, p99WhenItWorksAgain(client)); // Or the machine has got slower.
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

  /**
   * The 99th percentile of requests to both other upstreams, from when they were due, in
   * nanoseconds: clients share their connections, and every third request is for the one that may
   * hang.
   */
  private static long sharedP99(List<RawClient> clients) throws Exception {
    long start = System.nanoTime();
    long[] took = new long[SHARED_CALLS];
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(clients.size());
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (RawClient client : clients) {
      all.add(CompletableFuture.runAsync(() -> share(client, next, start, took), threads));
    }
    for (CompletableFuture<Void> each : all) {
      Await.result(each, Duration.ofSeconds(60));
    }
    threads.shutdown();
    long[] others =
        IntStream.range(0, SHARED_CALLS)
            .filter(i -> i % 3 != 0)
            .mapToLong(i -> took[i])
            .sorted()
            .toArray();
    return others[others.length * 99 / 100];
  }

  private static void share(RawClient client, AtomicInteger next, long start, long[] took) {
    String[] paths = {"/main/x", "/a/x", "/b/x"};
    try {
      for (int i = next.getAndIncrement(); i < took.length; i = next.getAndIncrement()) {
        long due = start + i * SHARED_PERIOD_NANOS;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        client.get(paths[i % paths.length]);
        took[i] = System.nanoTime() - due;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<RawClient> sharedClients() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < SHARED_CONNECTIONS; i++) {
      clients.add(client());
    }
    return clients;
  }

  @Test
  void withoutABreakerOthersStarve() throws Exception {
    gateway(config(null));
    List<RawClient> clients = sharedClients();
    sharedP99(clients); // Warms up.
    long before = sharedP99(clients);
    hangs.set(true);
    long during = sharedP99(clients);
    end.countDown();
    System.out.printf(
        "%s, no breaker, shared connections: p99 %d us before, %d us while one hangs%n",
        scale, before / 1000, during / 1000);
    assertThat(during).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(FIRST_BYTE_MILLIS));
    assertThat(during).as("in ns, %d before", before).isGreaterThan(before * STARVED);
  }

  @Test
  void withABreakerOthersOfTheSameClientsDoNotStarve() throws Exception {
    Operated operated =
        Operated.listen(gateway(config(new JsonObject().put("openMillis", 60_000))));
    List<RawClient> clients = sharedClients();
    sharedP99(clients); // Warms up.
    long before = Math.min(sharedP99(clients), sharedP99(clients));
    hangs.set(true);
    sharedP99(clients);
    operated.awaitBreaker("OPEN");
    long during = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS && during > before * ALLOWED + NOISE_NANOS; i++) {
      during = Math.min(during, sharedP99(clients));
    }
    end.countDown();
    System.out.printf(
        "%s, breaker, shared connections: p99 %d us before, %d us while one hangs%n",
        scale, before / 1000, during / 1000);
    assertThat((double) during)
        .as("p99 in ns, %d before", before)
        .isLessThanOrEqualTo(before * ALLOWED + NOISE_NANOS);
  }
}
