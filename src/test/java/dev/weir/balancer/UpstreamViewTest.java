package dev.weir.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balancer.policy.Setting;
import dev.weir.exchange.Exchange;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.metrics.LaneMetrics;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A view that is made anew again and again goes on where the one before it stood. */
@ExtendWith(VertxExtension.class)
class UpstreamViewTest {
  private static final int[] WEIGHTS = {5, 1, 1};
  private static final int ROUNDS = 100;
  private static final int ROUND = 7;

  private Node node;
  private LaneMetrics metrics;

  @BeforeEach
  void start(Vertx vertx) throws Exception {
    JsonArray endpoints = new JsonArray();
    for (int i = 0; i < WEIGHTS.length; i++) {
      endpoints.add(
          new JsonObject().put("host", "10.0.0.7").put("port", 9000 + i).put("weight", WEIGHTS[i]));
    }
    JsonObject balancer =
        new JsonObject()
            .put("policy", "weighted-round-robin")
            .put("shadow", new JsonObject().put("policy", "round-robin"));
    JsonObject main = new JsonObject().put("endpoints", endpoints).put("balancer", balancer);
    node =
        Node.acquire(vertx, new JsonObject().put("upstreams", new JsonObject().put("main", main)));
    node.joined().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    metrics = GatewayMetrics.of(node).lane(0);
  }

  @AfterEach
  void release() throws Exception {
    node.release().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private UpstreamView view(UpstreamView before) {
    Upstream upstream = node.snapshot().upstreams().get("main");
    Setting setting = new Setting(0, new SplittableRandom(1), System::nanoTime);
    Plan plan = new Plan(upstream, null, System.nanoTime());
    return new UpstreamView(1, plan, before, setting, metrics);
  }

  private static Endpoint pick(UpstreamView view) {
    return view.pick(new Exchange(null, 0));
  }

  @Test
  void viewOfTheSameMembers_doesNotBreakTheSequence() {
    UpstreamView steady = view(null);
    UpstreamView renewed = view(null);
    List<Endpoint> expected = new ArrayList<>();
    List<Endpoint> picked = new ArrayList<>();
    for (int i = 0; i < ROUNDS * ROUND; i++) {
      expected.add(pick(steady));
      picked.add(pick(renewed));
      renewed = view(renewed);
    }
    assertThat(picked).isEqualTo(expected);
    Endpoint heavy = node.snapshot().upstreams().get("main").endpoints().get(0);
    assertThat(picked).filteredOn(heavy::equals).hasSize(ROUNDS * WEIGHTS[0]);
  }

  @Test
  void memberThatGoes_isPickedNoLonger() {
    UpstreamView view = view(null);
    Endpoint heavy = pick(view);
    node.states().health(heavy, false);
    view = view(view);
    for (int i = 0; i < ROUND; i++) {
      assertThat(pick(view)).isNotSameAs(heavy);
    }
    node.states().health(heavy, true);
    assertThat(pick(view(view))).isNotNull();
  }
}
