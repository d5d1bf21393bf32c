package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes whose breakers are open; one of them tries for both. */
class ClusterBreakerIT extends ClusterSuite {
  private static final String BREAKER = "/upstreams/main/circuitBreaker";

  private static final long PAUSE_NANOS = 1_000_000;
  private static final int CLIENTS = 4;

  /** Longer than a test may wait for anything. */
  private static final long VERY_LONG_MILLIS = 60_000;

  private final AtomicInteger status = new AtomicInteger(500);
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final Set<RawClient> refused = ConcurrentHashMap.newKeySet();
  private volatile boolean over;
  private final CountDownLatch release = new CountDownLatch(1);

  /** Holds the first answers for as long as the test wants. */
  private ScriptedUpstream onCommand(AtomicInteger toHold) throws IOException {
    return upstream(
        (request, c) -> {
          if (toHold.getAndDecrement() > 0) {
            held.incrementAndGet();
            release.await(20, TimeUnit.SECONDS);
          }
          c.reply(status.get(), "answer");
        });
  }

  private static JsonObject breaker(long trialMillis) {
    return new JsonObject()
        .put("openMillis", 1000)
        .put("openJitterPercent", 0)
        .put("successThreshold", 1)
        .put("failureThreshold", 2)
        .put("halfOpen", "cluster")
        .put("trialMillis", trialMillis);
  }

  private static String state(Operated node) {
    return node.breaker().getString("state");
  }

  /** Four clients of each node ask one thing after the other until the end of the test. */
  private void load(List<Operated> nodes) throws IOException {
    for (Operated node : nodes) {
      for (int i = 0; i < CLIENTS; i++) {
        RawClient client = client(node.gateway().port());
        Thread thread = new Thread(() -> ask(client), "load-" + i);
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private void ask(RawClient client) {
    try {
      while (!over) {
        if ("CB".equals(client.get("/").flag())) {
          refused.add(client);
        }
        asked.incrementAndGet();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (IOException e) {
      over = true; // The test has closed it.
    }
  }

  private static void await(List<Operated> nodes, BooleanSupplier condition) {
    Await.until(
        () -> "not so while " + nodes.stream().map(ClusterBreakerIT::state).toList(),
        condition,
        Await.PATIENCE);
  }

  private static boolean all(List<Operated> nodes, String state) {
    return nodes.stream().allMatch(node -> state(node).equals(state));
  }

  /**
   * Starts two nodes, their load, and waits until both breakers are open and no request is under
   * way that was let through before.
   */
  private List<Operated> open(ScriptedUpstream upstream, long trialMillis) throws IOException {
    GatewayConfig config = GatewayConfig.to(upstream).with(BREAKER, breaker(trialMillis));
    List<Operated> nodes = nodes(2, config);
    load(nodes);
    await(nodes, () -> refused.size() == CLIENTS * nodes.size());
    return nodes;
  }

  @AfterEach
  void endLoad() {
    release.countDown();
    over = true;
  }

  private static List<String> causes(Operated node) {
    return node.events("breaker").stream().map(event -> event.getString("cause")).toList();
  }

  @Test
  void oneNodeTriesAndTheOtherWaitsForWhatComesOut() throws Exception {
    AtomicInteger toHold = new AtomicInteger();
    ScriptedUpstream upstream = onCommand(toHold);
    List<Operated> nodes = open(upstream, 10_000);
    int before = upstream.requests();
    status.set(200);
    toHold.set(1000);
    await(nodes, () -> held.get() == 1);
    int askedBefore = asked.get();
    await(nodes, () -> asked.get() - askedBefore > 1000);
    assertThat(upstream.requests() - before).as("trials in the whole cluster").isEqualTo(1);
    assertThat(nodes)
        .extracting(ClusterBreakerIT::state)
        .containsExactlyInAnyOrder("OPEN", "HALF_OPEN");
    toHold.set(0);
    release.countDown();
    await(nodes, () -> all(nodes, "CLOSED"));
    Set<String> expected = Set.of("trials-succeeded", "other-node");
    Await.until("both say why", () -> expected.equals(lastCauses(nodes)));
  }

  /** What the latest event of each node says; it comes after the change itself. */
  private static Set<String> lastCauses(List<Operated> nodes) {
    return nodes.stream()
        .map(ClusterBreakerIT::causes)
        .map(causes -> causes.get(causes.size() - 1))
        .collect(Collectors.toSet());
  }

  private static Set<String> allCauses(List<Operated> nodes) {
    return nodes.stream().flatMap(node -> causes(node).stream()).collect(Collectors.toSet());
  }

  @Test
  void failedTrialKeepsBothOpen() throws Exception {
    ScriptedUpstream upstream = onCommand(new AtomicInteger());
    List<Operated> nodes = open(upstream, 10_000);
    int before = upstream.requests();
    await(nodes, () -> nodes.stream().anyMatch(node -> causes(node).contains("other-node")));
    assertThat(upstream.requests() - before).isEqualTo(1);
    status.set(200);
    await(nodes, () -> all(nodes, "CLOSED"));
  }

  @Test
  void nodeThatGetsNoAnswerLetsTheOtherTry() throws Exception {
    AtomicInteger toHold = new AtomicInteger();
    List<Operated> nodes = open(onCommand(toHold), 300);
    status.set(200);
    toHold.set(1);
    await(nodes, () -> all(nodes, "CLOSED"));
    Set<String> expected = Set.of("trial-expired", "other-node");
    Await.until("both say why", () -> allCauses(nodes).containsAll(expected));
  }

  @Test
  void nodeThatLeavesLetsTheOtherTryAtOnce() throws Exception {
    ScriptedUpstream upstream = onCommand(new AtomicInteger());
    GatewayConfig config = GatewayConfig.to(upstream).with(BREAKER, breaker(VERY_LONG_MILLIS));
    List<Operated> nodes = nodes(2, config);
    for (Operated node : nodes) {
      RawClient client = client(node.gateway().port());
      await(nodes, () -> isRefused(client));
    }
    await(nodes, () -> nodes.stream().anyMatch(node -> state(node).equals("HALF_OPEN")));
    boolean first = state(nodes.get(0)).equals("HALF_OPEN");
    Await.result(nodes.get(first ? 0 : 1).gateway().undeploy());
    nodes.get(first ? 1 : 0).awaitBreaker("HALF_OPEN");
  }

  private static boolean isRefused(RawClient client) {
    try {
      return "CB".equals(client.get("/").flag());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
