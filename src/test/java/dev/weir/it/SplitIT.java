package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two nodes that no longer hear of each other, as those of a split cluster: what each takes out of
 * traffic, and that it goes on to serve.
 */
class SplitIT extends ClusterSuite {
  private static final int ENDPOINTS = 3;

  private final AtomicBoolean split = new AtomicBoolean();
  private final AtomicBoolean well = new AtomicBoolean(true);
  private final Handler<DeliveryContext<Object>> wall = this::deliver;
  private final List<EventBus> buses = new ArrayList<>();

  /** What one node tells others of health comes to nobody while the cluster is split. */
  private void deliver(DeliveryContext<Object> delivery) {
    if (!split.get() || !delivery.message().address().startsWith("weir.cluster")) {
      delivery.next();
    }
  }

  private List<Operated> halves(GatewayConfig config) {
    List<Operated> nodes = nodes(2, config);
    for (Operated node : nodes) {
      EventBus bus = node.gateway().vertx().eventBus();
      bus.addInboundInterceptor(wall);
      buses.add(bus);
    }
    split.set(true);
    awaitMembers(1);
    return nodes;
  }

  @AfterEach
  void takeDownTheWall() {
    buses.forEach(bus -> bus.removeInboundInterceptor(wall));
  }

  private void heal() {
    split.set(false);
    awaitMembers(2);
  }

  /** Fails the requests that name it, and its probes while it is not well. */
  private ScriptedUpstream endpoint(String name) throws IOException {
    return upstream(
        (request, c) -> {
          boolean probed = request.target().equals("/health");
          boolean fails = probed ? !well.get() : request.target().equals("/no-" + name);
          c.reply(fails ? 500 : 200, name);
        });
  }

  private GatewayConfig config() throws IOException {
    return GatewayConfig.to(endpoint("a"), endpoint("b"), endpoint("c"))
        .with("/upstreams/main/outlier", new JsonObject().put("baseEjectionMillis", 300_000))
        .with("/upstreams/main/health", new JsonObject().put("quorum", 1));
  }

  private static long count(Operated node, String state, boolean value) {
    return IntStream.range(0, ENDPOINTS)
        .filter(place -> node.endpoint(place).getBoolean(state) == value)
        .count();
  }

  private void assertServes(Operated node) throws IOException {
    RawClient client = client(node.gateway().port());
    for (int i = 0; i < 20; i++) {
      assertThat(client.get("/x").status()).isEqualTo(200);
    }
  }

  @Test
  void halvesThatSeeTroubleEverywhere_keepToTheirShares() throws Exception {
    List<Operated> halves = halves(config());
    String[][] troubles = {{"a", "b", "c"}, {"c", "b", "a"}};
    for (int half = 0; half < halves.size(); half++) {
      RawClient client = client(halves.get(half).gateway().port());
      for (String trouble : troubles[half]) {
        for (int i = 0; i < 30; i++) {
          client.get("/no-" + trouble);
        }
      }
    }
    for (Operated half : halves) {
      assertThat(count(half, "ejected", true)).as("one of three is the share").isEqualTo(1);
      assertServes(half);
    }
    heal();
    for (Operated half : halves) {
      long ejected = Await.still(() -> count(half, "ejected", true));
      assertThat(ejected).as("with the word of the other half").isEqualTo(1);
      assertServes(half);
    }
  }

  @Test
  void halvesThatFindNothingWell_serveAllTheSame() throws Exception {
    JsonObject active = new JsonObject().put("path", "/health").put("intervalMillis", 50);
    active.put("timeoutMillis", 5000).put("fall", 2);
    List<Operated> halves = halves(config().with("/upstreams/main/health/active", active));
    well.set(false);
    for (Operated half : halves) {
      Await.until("all are down", () -> count(half, "healthy", false) == ENDPOINTS);
      assertServes(half);
    }
    heal();
    for (Operated half : halves) {
      assertThat(count(half, "healthy", false)).isEqualTo(ENDPOINTS);
      assertServes(half);
    }
    well.set(true);
    for (Operated half : halves) {
      Await.until("all are up", () -> count(half, "healthy", true) == ENDPOINTS);
    }
  }
}
