package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the probes of many endpoints cost the process of a gateway, and whether they come in bursts.
 * Small here; the size that counts, on a machine without other work, takes less than two minutes:
 * {@code -Dit.test=ProbeCostIT -Dweir.probes.endpoints=500 -Dweir.probes.seconds=25}. It prints
 * what it has measured. The bound of the cost is looked at in the full size alone: a JVM that has
 * just started still compiles.
 */
@Timeout(300)
class ProbeCostIT extends GatewaySuite {
  private static final int ENDPOINTS = Integer.getInteger("weir.probes.endpoints", 50);
  private static final int SECONDS = Integer.getInteger("weir.probes.seconds", 3);
  private static final boolean FULL = ENDPOINTS >= 500 && SECONDS >= 20;

  private static final long INTERVAL_MILLIS = 1000;

  /** Probes that are due in the same step of the prober's timers start together: one of those. */
  private static final int SLOT_MILLIS = 25;

  private static final double MOST_PERCENT = 3;

  /** How many of a hundred slots are judged: a machine that stalls brings probes together. */
  private static final int CALM = FULL ? 99 : 95;

  @TempDir Path directory;

  private final Map<Integer, AtomicIntegerArray> slots = new ConcurrentHashMap<>();
  private final int[] ports = new int[ENDPOINTS];
  private Vertx vertx;
  private volatile long from;

  @BeforeEach
  void listen() {
    vertx = Vertx.vertx();
    for (int i = 0; i < ENDPOINTS; i++) {
      ports[i] =
          Await.result(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"))
              .actualPort();
    }
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private void answer(HttpServerRequest request) {
    request.response().end();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
    int slot = (int) (millis / SLOT_MILLIS);
    if (from != 0 && slot < SECONDS * 1000 / SLOT_MILLIS) {
      slots
          .computeIfAbsent(
              request.localAddress().port(),
              port -> new AtomicIntegerArray(SECONDS * 1000 / SLOT_MILLIS))
          .incrementAndGet(slot);
    }
  }

  /** The share of a core that a gateway needs that does nothing but what {@code mode} asks for. */
  private double percent(String mode, int warmUp) throws IOException {
    int port = Ports.unused();
    JsonObject active = new JsonObject().put("intervalMillis", INTERVAL_MILLIS);
    GatewayConfig config =
        GatewayConfig.to(ports)
            .with("/admin/port", port)
            .with("/upstreams/main/health", new JsonObject().put("mode", mode))
            .with("/upstreams/main/health/active", active);
    try (WeirProcess process =
        WeirProcess.start(Files.createDirectory(directory.resolve(mode)), config)) {
      process.awaitListening(port);
      pause(warmUp); // Connects, and lets the JVM compile.
      slots.clear();
      from = System.nanoTime();
      long before = process.cpuNanos();
      pause(SECONDS);
      double used = process.cpuNanos() - before;
      from = 0;
      return used / TimeUnit.SECONDS.toNanos(SECONDS) * 100;
    }
  }

  /** Measures nothing for a while: time itself is what is measured here. */
  private static void pause(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Test
  void probesCostLittleAndAreSpread() throws Exception {
    double idle = percent("off", 1);
    assertThat(slots).isEmpty();
    double probing = percent("active", 2 * SECONDS);
    int[] each = slots.values().stream().mapToInt(ProbeCostIT::sum).sorted().toArray();
    int[] together =
        IntStream.range(0, SECONDS * 1000 / SLOT_MILLIS)
            .map(slot -> slots.values().stream().mapToInt(its -> its.get(slot)).sum())
            .sorted()
            .toArray();
    double mean = Arrays.stream(together).average().orElse(0);
    System.out.printf(
        "%d endpoints each %d ms for %d s: %.2f %% of a core, %.2f %% without probes; in %d ms %.1f"
            + " on average, p99 %d, at most %d%n",
        ENDPOINTS,
        INTERVAL_MILLIS,
        SECONDS,
        probing,
        idle,
        SLOT_MILLIS,
        mean,
        together[together.length * 99 / 100],
        together[together.length - 1]);
    assertThat(each).as("probes of each endpoint").hasSize(ENDPOINTS);
    assertThat(each[0]).isBetween(SECONDS - 1, SECONDS * 10 / 9 + 1);
    assertThat(each[ENDPOINTS - 1]).isBetween(SECONDS - 1, SECONDS * 10 / 9 + 1);
    assertThat(together[together.length * CALM / 100])
        .as("%d of 100 slots, for a mean of %.1f", CALM, mean)
        .isLessThanOrEqualTo((int) Math.ceil(mean + 5 * Math.sqrt(mean)));
    if (FULL) {
      assertThat(probing - idle).isLessThanOrEqualTo(MOST_PERCENT);
    }
  }

  private static int sum(AtomicIntegerArray counts) {
    return IntStream.range(0, counts.length()).map(counts::get).sum();
  }
}
