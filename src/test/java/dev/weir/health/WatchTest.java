package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.FakeCluster;
import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.ClusterConfig;
import dev.weir.config.WeirConfig;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One endpoint of one node, probed every second; time moves by hand. */
class WatchTest {
  private static final long INTERVAL = 1000;
  private static final int FALL = 3;
  private static final ClusterConfig CLUSTER = new ClusterConfig(200, 1000, ClusterConfig.OWN, 1);

  private final Vertx vertx = Vertx.vertx();
  private final ManualTimers clock = new ManualTimers();
  private final List<String> verdicts = new ArrayList<>();
  private boolean well = true;
  private Node node;
  private Watch watch;

  /** Finds what the endpoint is at the time. */
  private final class Scripted implements Probers {
    @Override
    public Prober prober(Watched watched, boolean firstDecides, Prober.Listener listener) {
      ActiveHealthConfig config = watched.config.active();
      Probe probe =
          () -> well ? Future.succeededFuture(false) : Future.failedFuture("it does not work");
      return new Prober(
          probe,
          new Schedule(config, "any", () -> 0),
          new RiseFall(config.rise(), config.fall(), watched.up, firstDecides),
          config,
          clock,
          clock,
          watched.bornNanos,
          listener);
    }

    @Override
    public long nanos() {
      return clock.getAsLong();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  private static JsonObject config(Object... keysAndValues) {
    JsonObject active =
        new JsonObject().put("intervalMillis", INTERVAL).put("timeoutMillis", INTERVAL / 2);
    active.put("rise", 2).put("fall", FALL);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      active.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    JsonObject endpoint = new JsonObject().put("host", "127.0.0.1").put("port", 1);
    JsonObject upstream =
        new JsonObject()
            .put("endpoints", new JsonArray().add(endpoint))
            .put("health", new JsonObject().put("mode", "active").put("active", active));
    return new JsonObject()
        .put("upstreams", new JsonObject().put("u", upstream))
        .put("accessLog", new JsonObject().put("mode", "off"));
  }

  @BeforeEach
  void begin() {
    clock.advance(INTERVAL); // So that a time of 0 is none.
  }

  @AfterEach
  void end() throws Exception {
    node.release().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void watch(JsonObject config) {
    node = Node.acquire(vertx, config);
    watch = watch();
  }

  private Watch watch() {
    FakeCluster cluster = new FakeCluster(clock::set, clock, () -> false);
    Watch watch = new Watch("n", new Scripted(), new Noted(), cluster.mesh("n", CLUSTER));
    watch.refresh(node.snapshot());
    return watch;
  }

  /** Sets on the node what is said, and keeps each change of health. */
  private final class Noted implements Verdicts {
    @Override
    public void accept(Endpoint endpoint, boolean up, String reason) {
      if (node.states().health(endpoint, up)) {
        verdicts.add(up ? "up" : "down");
      }
    }

    @Override
    public void proven(Endpoint endpoint, boolean proven) {
      node.states().prove(endpoint, proven);
    }
  }

  private void change(JsonObject config) throws Exception {
    node.change(new JsonObject(), now -> now.withShared(WeirConfig.of(config)))
        .await(10, TimeUnit.SECONDS);
    watch.refresh(node.snapshot());
  }

  @Test
  void graceOfAnEndpoint_doesNotBeginAnewWithItsProbes() throws Exception {
    long grace = 20 * INTERVAL;
    watch(config("graceMillis", grace));
    clock.advance(grace);
    change(config("graceMillis", grace, "rise", 1));
    well = false;
    clock.advance((FALL + 1) * INTERVAL);
    assertThat(verdicts).containsExactly("down");
  }

  @Test
  void endpointThatWasProven_staysUpForTheNextWatch() throws Exception {
    JsonObject config = config("initial", "startDown");
    watch(config);
    assertThat(verdicts).as("nothing is known yet").containsExactly("down");
    clock.advance(3 * INTERVAL);
    assertThat(verdicts).containsExactly("down", "up");
    watch.stop();
    watch = watch();
    clock.advance(3 * INTERVAL);
    assertThat(verdicts).containsExactly("down", "up");
    well = false;
    clock.advance((FALL + 1) * INTERVAL);
    watch.stop();
    watch = watch();
    assertThat(verdicts).as("and out").containsExactly("down", "up", "down");
  }

  @Test
  void endpointThatWasNotProbedForATime_hasToProveItselfAgain() throws Exception {
    JsonObject config = config("initial", "firstProbe");
    watch(config);
    clock.advance(2 * INTERVAL);
    JsonObject off = config.copy();
    off.getJsonObject("upstreams").getJsonObject("u").getJsonObject("health").put("mode", "off");
    change(off);
    assertThat(verdicts).containsExactly("down", "up");
    change(config);
    assertThat(verdicts).containsExactly("down", "up", "down");
    clock.advance(2 * INTERVAL);
    assertThat(verdicts).containsExactly("down", "up", "down", "up");
  }
}
