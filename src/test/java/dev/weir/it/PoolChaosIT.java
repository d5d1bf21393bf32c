package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Small pools in front of endpoints that hang, reset, half-close, refuse and close in between, for
 * clients that go away, while health and settings change: afterwards every count is zero.
 */
class PoolChaosIT extends BalancingSuite {
  private static final int CLIENTS = 16;
  private static final int REQUESTS_EACH = 60;

  private static final String POOL =
      "{'maxConnections': 3, 'maxPending': 8, 'pendingTimeoutMillis': 200,"
          + " 'idleTimeoutMillis': 150, 'maxLifetimeMillis': 120, 'maxRequests': 7}";

  private static void chaos(UpstreamConnection c) throws IOException {
    SplittableRandom random = new SplittableRandom(c.number());
    for (RawRequest r = c.request(); r != null; r = c.request()) {
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
        if (random.nextInt(4) == 0) {
          client.reset();
        } else {
          client.read();
        }
      } catch (IOException cut) {
        continue; // A response that broke off: that is what this is about.
      }
    }
  }

  private static void change(Gateway gateway, SplittableRandom random) {
    Node node = Node.of(gateway.vertx());
    List<Endpoint> endpoints = node.snapshot().upstreams().get("main").endpoints();
    node.health(endpoints.get(random.nextInt(endpoints.size())), random.nextInt(3) > 0);
    JsonObject weight =
        op("endpoint.weight", "endpoint", endpoints.get(0).id(), "weight", random.nextInt(1, 5));
    command(gateway, weight);
  }

  @Test
  void everyCountIsZeroAfterTheChaos() throws Exception {
    for (int i = 0; i < 3; i++) {
      upstreams.add(scripted(PoolChaosIT::chaos));
    }
    ScriptedUpstream gone = upstream((request, c) -> c.reply(200, ""));
    gone.close();
    upstreams.add(gone);
    int dead = gone.port();
    GatewayConfig config =
        GatewayConfig.to(upstreams.toArray(ScriptedUpstream[]::new))
            .with("/upstreams/main/endpoints/3/port", dead)
            .with("/upstreams/main/pool", json(POOL))
            .timeout("firstByteMillis", 150);
    Gateway gateway = gateway(config);
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
                    Await.PATIENCE));
    assertThat(gateway.leftBehind()).isEmpty();
    assertThat(gateway.metrics())
        .allSatisfy(
            (series, value) -> {
              if (series.startsWith("weir_pool_connections")
                  || series.startsWith("weir_pool_pending")) {
                assertThat(value).as(series).isZero();
              }
            });
  }
}
