package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
import org.junit.jupiter.api.Timeout;

/**
 * One of three upstreams hangs. Without limits and a breaker in front of it, its requests soon hold
 * every connection of clients that use the others as well, which starve; with them, those of the
 * others notice nothing, from the moment on that it hangs.
 *
 * <p>Requests are due at a steady rate far below what the gateway can do, and are measured from
 * when they were due. Rounds in which it works and in which it hangs take turns, so that both see
 * the same machine; what is compared is the median of the 99th percentiles of each. While they are
 * further apart than they may be more rounds are taken, up to {@value #MOST} times as many: chance
 * goes, a difference that is there stays. On a machine without other work {@code
 * -Dweir.cascade.noiseMicros=0 -Dweir.cascade.rounds=7 -Dweir.cascade.calls=600} allows nothing for
 * its noise, and takes some four minutes.
 */
@Timeout(300)
class CascadeIT extends ScaledSuite {
  private static final int CLIENTS_OF_THE_SICK = 8;
  private static final long PAUSE_MILLIS = 20;
  private static final int ROUNDS = Integer.getInteger("weir.cascade.rounds", 3);
  private static final int MOST = 4;
  private static final int CALLS = Integer.getInteger("weir.cascade.calls", 250);
  private static final long PERIOD_NANOS = 3_000_000;
  private static final double ALLOWED = 1.2;
  private static final int CLIENTS = 2;
  private static final int SHARED_CLIENTS = 8;
  private static final String[] OTHERS = {"/a/x", "/b/x"};
  private static final String[] ALL = {"/main/x", "/a/x", "/b/x"};
  private static final long FIRST_BYTE_MILLIS = 300;

  /** How many times as long others take that starve, at least. */
  private static final int STARVED = 10;

  /**
   * What the machine does to a hundredth of the requests when it has other work as well, besides
   * what it can be seen to do while all work; 0 for neither.
   */
  private static final long NOISE_NANOS =
      TimeUnit.MICROSECONDS.toNanos(Integer.getInteger("weir.cascade.noiseMicros", 1000));

  private static final JsonObject BREAKER =
      new JsonObject().put("openMillis", 60_000).put("failureThreshold", 3);

  /** Fewer than the connections that clients share. */
  private static final JsonObject LIMITS = new JsonObject().put("maxRequests", 2);

  private final CountDownLatch pause = new CountDownLatch(1);
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile CountDownLatch hanging = new CountDownLatch(0);

  private static JsonObject route(String name) {
    JsonObject match = new JsonObject().put("path", "/" + name + "/*");
    return new JsonObject().put("id", name).put("upstream", name).put("match", match);
  }

  private GatewayConfig config() throws IOException {
    ScriptedUpstream sick =
        upstream(
            (request, c) -> {
              hanging.await();
              c.reply(200, "sick");
            });
    return GatewayConfig.to(sick)
        .routes(route("main"), route("a"), route("b"))
        .timeout("firstByteMillis", FIRST_BYTE_MILLIS)
        .with("/upstreams/a", GatewayConfig.upstream(well().port()))
        .with("/upstreams/b", GatewayConfig.upstream(well().port()));
  }

  private GatewayConfig protectedConfig() throws IOException {
    return config()
        .with("/upstreams/main/circuitBreaker", BREAKER)
        .with("/upstreams/main/limits", LIMITS);
  }

  private ScriptedUpstream well() throws IOException {
    return upstream((request, c) -> c.reply(200, "well"));
  }

  private List<RawClient> clients(int count) throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(client());
    }
    return clients;
  }

  private void pester(RawClient client) {
    try {
      while (!stop.get()) {
        if ("CB".equals(client.get("/main/x").flag())) {
          refused.incrementAndGet();
        }
        pause.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS); // The same load, whatever the answer.
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The 99th percentile of the requests to both other upstreams, in nanoseconds: each is for the
   * next one of some paths, and made by whichever client is free.
   */
  private static long p99(List<RawClient> clients, String... paths) {
    long start = System.nanoTime();
    long[] took = new long[CALLS];
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(clients.size());
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (RawClient client : clients) {
      all.add(CompletableFuture.runAsync(() -> call(client, next, start, took, paths), threads));
    }
    for (CompletableFuture<Void> each : all) {
      Await.result(each, Duration.ofSeconds(60));
    }
    threads.shutdown();
    long[] others =
        IntStream.range(0, CALLS)
            .filter(i -> !paths[i % paths.length].startsWith("/main"))
            .mapToLong(i -> took[i])
            .sorted()
            .toArray();
    return others[others.length * 99 / 100];
  }

  private static void call(
      RawClient client, AtomicInteger next, long start, long[] took, String... paths) {
    try {
      for (int i = next.getAndIncrement(); i < took.length; i = next.getAndIncrement()) {
        long due = start + i * PERIOD_NANOS;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        String path = paths[i % paths.length];
        int status = client.get(path).status();
        took[i] = System.nanoTime() - due;
        assertThat(path.startsWith("/main") || status == 200).as(path).isTrue();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares rounds in which one hangs with those in which all work. */
  private void othersNoticeNothing(
      Operated operated, String who, List<RawClient> clients, String... paths) {
    List<Long> before = new ArrayList<>();
    List<Long> during = new ArrayList<>();
    p99(clients, paths); // Warms up.
    for (int i = 0; i < ROUNDS * MOST && (i < ROUNDS || !holds(before, during)); i++) {
      before.add(p99(clients, paths));
      hanging = new CountDownLatch(1);
      during.add(p99(clients, paths));
      operated.awaitBreaker("OPEN");
      hanging.countDown();
      operated.command("breaker.reset");
      operated.awaitBreaker("CLOSED");
    }
    System.out.printf(
        "%s, %s: p99 %d us before, %d us while one hangs, medians of %d rounds%n",
        scale, who, median(before) / 1000, median(during) / 1000, before.size());
    assertThat(holds(before, during))
        .as("p99 in ns, %s before, %s while one hangs", before, during)
        .isTrue();
  }

  private static boolean holds(List<Long> before, List<Long> during) {
    long usual = median(before);
    long noise = NOISE_NANOS == 0 ? 0 : NOISE_NANOS + Collections.max(before) - usual;
    return median(during) <= usual * ALLOWED + noise;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  @Test
  void othersStayAsFastAsTheyWere() throws Exception {
    Operated operated = Operated.listen(gateway(protectedConfig()));
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS_OF_THE_SICK);
    List<CompletableFuture<Void>> pesterers = new ArrayList<>();
    for (RawClient each : clients(CLIENTS_OF_THE_SICK)) {
      pesterers.add(CompletableFuture.runAsync(() -> pester(each), threads));
    }
    try {
      othersNoticeNothing(operated, "clients of their own", clients(CLIENTS), OTHERS);
      hanging = new CountDownLatch(1);
      Await.until("the breaker refuses", () -> refused.get() > 0);
    } finally {
      stop.set(true);
      hanging.countDown();
      threads.shutdown();
    }
    for (CompletableFuture<Void> pesterer : pesterers) {
      Await.result(pesterer, Await.PATIENCE);
    }
  }

  @Test
  void othersOfTheSameClientsDoNotStarve() throws Exception {
    Operated operated = Operated.listen(gateway(protectedConfig()));
    othersNoticeNothing(operated, "shared connections", clients(SHARED_CLIENTS), ALL);
  }

  @Test
  void withoutLimitsAndABreakerOthersStarve() throws Exception {
    gateway(config());
    List<RawClient> clients = clients(SHARED_CLIENTS);
    p99(clients, ALL); // Warms up.
    long before = p99(clients, ALL);
    hanging = new CountDownLatch(1);
    long during = p99(clients, ALL);
    hanging.countDown();
    System.out.printf(
        "%s, neither, shared connections: p99 %d us before, %d us while one hangs%n",
        scale, before / 1000, during / 1000);
    assertThat(during).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(FIRST_BYTE_MILLIS));
    assertThat(during).as("in ns, %d before", before).isGreaterThan(before * STARVED);
  }
}
