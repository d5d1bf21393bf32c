package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes share their work; one of them is killed. */
@Timeout(180)
class TakeoverIT extends GatewaySuite {
  private static final int ENDPOINTS = 8;
  private static final long MEMBER_TIMEOUT_MILLIS = 3000;

  /** For how long the scheduler of a busy machine may keep a process from running. */
  private static final long NOISE_MILLIS = 1000;

  @TempDir Path directory;

  private final Loopback cluster = new Loopback(2);
  private final int[] ports = new int[2];
  private final int[] listeners = new int[2];

  private WeirProcess start(int member, GatewayConfig config) throws IOException {
    ports[member] = Ports.unused();
    listeners[member] = Ports.unused();
    config.listener("port", listeners[member]);
    JsonObject admin = new JsonObject().put("host", "127.0.0.1").put("port", ports[member]);
    Path own = Files.createDirectory(directory.resolve("node" + member));
    WeirProcess process = WeirProcess.start(own, config.with("/admin", admin), cluster, member);
    process.awaitListening(ports[member]);
    return process;
  }

  /**
   * -1 while the node does not have the metric: it tells metrics before all of its roles are there.
   */
  private int number(int member, String metric) {
    try (RawClient client = RawClient.connect(ports[member])) {
      String metrics = client.get("/metrics", "Connection: close").text();
      String line = "\n" + metric + " ";
      if (!metrics.contains(line)) {
        return -1;
      }
      int start = metrics.indexOf(line) + line.length();
      return (int) Double.parseDouble(metrics.substring(start, metrics.indexOf('\n', start)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean breaker(int member, String state) {
    String labels = "{endpoint=\"\",state=\"" + state + "\",upstream=\"main\"}";
    return number(member, "weir_breaker_state" + labels) == 1;
  }

  private int probed(int member) {
    return number(member, "weir_probed_endpoints");
  }

  private GatewayConfig config() throws IOException {
    ScriptedUpstream[] upstreams = new ScriptedUpstream[ENDPOINTS];
    for (int i = 0; i < ENDPOINTS; i++) {
      upstreams[i] = upstream((request, c) -> c.reply(200, "well"));
    }
    return GatewayConfig.to(upstreams)
        .with("/cluster/memberTimeoutMillis", MEMBER_TIMEOUT_MILLIS)
        .with("/upstreams/main/health/mode", "active")
        .with("/upstreams/main/health/active", new JsonObject().put("intervalMillis", 100));
  }

  @Test
  void nodeTakesOverTheProbesOfOneThatIsKilled() throws Exception {
    GatewayConfig config = config();
    try (WeirProcess first = start(0, config);
        WeirProcess second = start(1, config)) {
      Await.until(
          () -> "shared: " + probed(0) + " and " + probed(1) + first.output() + second.output(),
          () -> probed(0) + probed(1) == ENDPOINTS && number(0, "weir_cluster_nodes") == 2,
          WeirProcess.LONG);
      long start = System.nanoTime();
      second.kill();
      Await.until(
          () -> "taken over, not " + probed(0) + ": " + first.output(),
          () -> probed(0) == ENDPOINTS,
          Await.PATIENCE);
      long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      assertThat(tookMillis).isLessThan(MEMBER_TIMEOUT_MILLIS + NOISE_MILLIS);
      assertThat(number(0, "weir_cluster_nodes")).isEqualTo(1);
    }
  }

  @Test
  void nodeTriesInThePlaceOfOneThatIsKilledWhileItTries() throws Exception {
    AtomicInteger status = new AtomicInteger(500);
    AtomicInteger trials = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              if (status.get() == 200 && trials.incrementAndGet() == 1) {
                release.await();
              }
              c.reply(status.get(), "answer");
            });
    JsonObject breaker =
        new JsonObject()
            .put("openMillis", 500)
            .put("successThreshold", 1)
            .put("halfOpen", "cluster")
            .put("trialMillis", 1000);
    GatewayConfig config =
        GatewayConfig.to(upstream).with("/upstreams/main/circuitBreaker", breaker);
    try (WeirProcess first = start(0, config);
        WeirProcess second = start(1, config)) {
      Await.until(
          () -> "they know each other: " + first.output() + second.output(),
          () -> number(0, "weir_cluster_nodes") == 2 && number(1, "weir_cluster_nodes") == 2,
          WeirProcess.LONG);
      first.awaitListening(listeners[0]);
      second.awaitListening(listeners[1]);
      failUntilRefused(1);
      status.set(200);
      client(listeners[1]).request("GET", "/");
      Await.until("the second tries", () -> breaker(1, "HALF_OPEN"));
      RawClient trial = client(listeners[1]);
      trial.request("GET", "/");
      Await.until("its trial is under way", () -> trials.get() == 1);
      second.kill();
      status.set(500);
      failUntilRefused(0);
      status.set(200);
      RawClient client = client(listeners[0]);
      Await.until("the first has tried", () -> get(client) == 200);
      Await.until("it is closed", () -> breaker(0, "CLOSED"));
      release.countDown();
    }
  }

  private static int get(RawClient client) {
    try {
      return client.get("/").status();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void failUntilRefused(int member) throws IOException {
    RawClient client = client(listeners[member]);
    Await.until("its breaker is open", () -> get(client) == 503);
  }
}
