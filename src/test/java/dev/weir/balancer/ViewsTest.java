package dev.weir.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balancer.policy.Setting;
import dev.weir.config.EndpointConfig;
import dev.weir.config.UpstreamConfig;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The views of a lane follow the configuration. */
@ExtendWith(VertxExtension.class)
class ViewsTest {

  private static final int UPSTREAMS = 1_000;
  private static final int CHANGED = 500;

  private Node node;
  private Views views;

  @BeforeEach
  void build(Vertx vertx) throws Exception {
    JsonObject upstreams = new JsonObject();
    for (int i = 0; i < UPSTREAMS; i++) {
      JsonObject endpoint = new JsonObject().put("host", "10.0.0.7").put("port", 9001 + i);
      upstreams.put(name(i), new JsonObject().put("endpoints", JsonArray.of(endpoint)));
    }
    node = Node.acquire(vertx, new JsonObject().put("upstreams", upstreams));
    await(node.joined());
    Setting setting = new Setting(0, new SplittableRandom(1), System::nanoTime);
    views = new Views(vertx, node, 0, setting, GatewayMetrics.of(node).lane(0));
    views.changed("");
  }

  @AfterEach
  void release() throws Exception {
    views.close();
    await(node.release());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static String name(int upstream) {
    return "upstream" + upstream;
  }

  private List<UpstreamView> all() {
    return IntStream.range(0, UPSTREAMS).mapToObj(i -> views.get(name(i))).toList();
  }

  private static UpstreamConfig heavier(UpstreamConfig upstream) {
    List<EndpointConfig> endpoints = upstream.endpoints();
    return upstream.with(endpoints.stream().map(endpoint -> endpoint.withWeight(7)).toList());
  }

  @Test
  void changeOfOneUpstream_leavesTheViewsOfTheOthers() throws Exception {
    List<UpstreamView> before = all();
    await(
        node.change(
            new JsonObject(),
            config -> config.with(heavier(config.upstreams().get(name(CHANGED))))));
    views.changed("");
    List<UpstreamView> after = all();
    for (int i = 0; i < UPSTREAMS; i++) {
      if (i == CHANGED) {
        assertThat(after.get(i)).isNotSameAs(before.get(i));
        assertThat(after.get(i).upstream().endpoints().get(0).weight()).isEqualTo(7);
      } else {
        assertThat(after.get(i)).isSameAs(before.get(i));
      }
    }
  }

  @Test
  void changeOfARoute_leavesEveryView() throws Exception {
    List<UpstreamView> before = all();
    await(node.change(new JsonObject(), config -> config.with(List.of())));
    views.changed("");
    assertThat(all()).isEqualTo(before);
  }
}
