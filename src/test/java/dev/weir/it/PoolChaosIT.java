package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Small pools in front of endpoints that hang, reset, half-close, refuse and close in between, one
 * of them with a name that moves, for clients that go away, with retries and hedges, while health
 * and settings change: afterwards every count is zero. {@code -Dweir.chaos.requests=3000} makes it
 * longer, for each of the clients.
 */
@Timeout(600)
class PoolChaosIT extends BalancingSuite {
  private static final int CLIENTS = 16;
  private static final int REQUESTS_EACH = Integer.getInteger("weir.chaos.requests", 60);

  private static final String POOL =
      "{'maxConnections': 3, 'maxPending': 8, 'pendingTimeoutMillis': 200, 'dnsRefreshMillis': 20,"
          + " 'idleTimeoutMillis': 150, 'maxLifetimeMillis': 120, 'maxRequests': 7}";

  private static final String RETRY =
      "{'attempts': 3, 'on': ['reset', 'timeout', 'connect-failure', 'gateway-error'],"
          + " 'perTryTimeoutMillis': 140, 'hedge': {'delayMillis': 30}}";

  /** What the name may stand for: one, the other, both, an address that refuses, nothing. */
  private static final String[][] ADDRESSES = {
    {"127.0.0.1"}, {"127.0.0.2"}, {"127.0.0.1", "127.0.0.2"}, {"127.0.0.3"}, {}
  };

  private NameServer names;

  @BeforeEach
  void startNames() throws InterruptedException {
    names = new NameServer(ADDRESSES[0]);
  }

  @AfterEach
  void stopNames() {
    if (names != null) { // Where the suite is not wanted it has none.
      names.close();
    }
  }

  private static void chaos(UpstreamConnection c) throws IOException {
    SplittableRandom random = new SplittableRandom(c.number());
    for (RawRequest r = c.requestHead(); r != null; r = c.requestHead()) { // None has a body.
      switch (random.nextInt(12)) {
        case 0 -> c.reset();
        case 1 -> {
          c.head("HTTP/1.1 200 OK", "Content-Length: 100");
          c.write("half");
          c.reset();
        }
        case 2 -> c.drain(); // Never answers.
        case 3 -> {
          c.reply(200, "last", "Connection: close");
          return;
        }
        case 4 -> {
          c.reply(200, "half-closed");
          c.halfClose();
        }
        case 5 -> c.write("garbage\r\n\r\n");
        default -> c.reply(random.nextBoolean() ? 200 : 503, "fine");
      }
    }
  }

  private static void client(Gateway gateway, int number) {
    SplittableRandom random = new SplittableRandom(1000 + number);
    for (int i = 0; i < REQUESTS_EACH; i++) {
      try (RawClient client = gateway.connect()) {
        client.request("GET", "/" + i);
        switch (random.nextInt(8)) {
          case 0, 1 -> client.reset();
          case 2 -> {
            client.halfClose();
            client.drain();
          }
          default -> client.read();
        }
      } catch (IOException cut) {
        continue; // A response that broke off: that is what this is about.
      }
    }
  }

  private void change(Gateway gateway, SplittableRandom random) {
    names.answer(ADDRESSES[random.nextInt(ADDRESSES.length)]);
    Node node = Node.of(gateway.vertx());
    List<Endpoint> endpoints = node.snapshot().upstreams().get("main").endpoints();
    node.states().health(endpoints.get(random.nextInt(endpoints.size())), random.nextInt(3) > 0);
    JsonObject weight =
        op("endpoint.weight", "endpoint", endpoints.get(0).id(), "weight", random.nextInt(1, 5));
    command(gateway, weight);
  }

  /** The last endpoint has a name, unless the Vert.x is one that asks nobody. */
  private Gateway start() throws IOException {
    for (int i = 0; i < 3; i++) {
      upstreams.add(scripted(PoolChaosIT::chaos));
    }
    ScriptedUpstream gone = upstream((request, c) -> c.reply(200, ""));
    gone.close();
    upstreams.add(gone);
    ScriptedUpstream named = scripted(PoolChaosIT::chaos);
    upstreams.add(named);
    scriptedAt(InetAddress.getByName("127.0.0.2"), named.port(), PoolChaosIT::chaos);
    GatewayConfig config =
        GatewayConfig.to(upstreams.toArray(ScriptedUpstream[]::new))
            .with("/upstreams/main/pool", json(POOL))
            .with("/upstreams/main/retry", json(RETRY))
            .timeout("firstByteMillis", 150);
    if (scale().isShared()) {
      return gateway(config);
    }
    config.with("/upstreams/main/endpoints/4/host", "service.test").scale(scale());
    return keep(Gateway.start(config, asking(names.port()), false));
  }

  private Vertx asking(int port) {
    AddressResolverOptions resolver =
        new AddressResolverOptions().addServer("127.0.0.1:" + port).setCacheMaxTimeToLive(0);
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(scale().eventLoops())
            .setAddressResolverOptions(resolver));
  }

  @Test
  void everyCountIsZeroAfterTheChaos() throws Exception {
    Gateway gateway = start();
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      clients.add(CompletableFuture.runAsync(() -> client(gateway, number), threads));
    }
    SplittableRandom random = new SplittableRandom(5);
    while (!clients.stream().allMatch(CompletableFuture::isDone)) {
      change(gateway, random);
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
    clients.forEach(CompletableFuture::join);
    Await.until("nothing is in flight", () -> gateway.inFlight() == 0);
    Node.of(gateway.vertx())
        .snapshot()
        .upstreams()
        .get("main")
        .endpoints()
        .forEach(
            endpoint ->
                Await.until(
                    () -> endpoint + " has " + endpoint.slots().taken() + " connections",
                    () -> endpoint.slots().taken() == 0,
                    Duration.ofSeconds(30)));
    // A client may be gone before its request has been read, so one may come up even now.
    Await.until(
        () -> "nothing is left without a client: " + gateway.leftBehind(),
        () -> gateway.leftBehind().isEmpty(),
        Duration.ofSeconds(30));
    Await.until(
        () -> "the pools are empty: " + pooled(gateway),
        () -> pooled(gateway).isEmpty(),
        Duration.ofSeconds(30));
  }

  /** What the pools have that is not zero; a late request leaves a connection for a moment. */
  private static Map<String, Double> pooled(Gateway gateway) {
    try {
      Map<String, Double> series = new TreeMap<>(gateway.metrics());
      series.keySet().removeIf(key -> !key.matches("weir_pool_(connections|pending)\\b.*"));
      series.values().removeIf(value -> value == 0);
      return series;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
