package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class BalanceTest {

  private final GatewayMetrics metrics = new GatewayMetrics();
  private final LaneMetrics lane = metrics.lane(0);

  private static WeirConfig config(String policy, int... weights) {
    JsonArray endpoints = new JsonArray();
    for (int i = 0; i < weights.length; i++) {
      endpoints.add(
          new JsonObject()
              .put("host", "10.0.0.1")
              .put("port", 1 + i)
              .put("weight", weights[i])
              .put("backup", i == 3));
    }
    JsonObject balancer =
        new JsonObject()
            .put("policy", policy)
            .put("shadow", new JsonObject().put("policy", "random"));
    return WeirConfig.of(
        new JsonObject()
            .put(
                "upstreams",
                new JsonObject()
                    .put(
                        "u",
                        new JsonObject().put("endpoints", endpoints).put("balancer", balancer))));
  }

  private void pick(int endpoint, int times, int shadowTimes) {
    PickMetrics picks = lane.picks("u", "10.0.0.1:" + endpoint);
    for (int i = 0; i < times; i++) {
      picks.picked();
    }
    for (int i = 0; i < shadowTimes; i++) {
      picks.shadowed();
    }
  }

  private Balance balance() {
    return metrics.balances().get("u");
  }

  @Test
  void imbalance_isOneWhenSharesAreWhatWeightsSay() {
    metrics.retain(config("round-robin", 2, 1, 1));
    assertThat(balance().imbalance()).as("before the first pick").isEqualTo(1);
    pick(1, 20, 40);
    pick(2, 10, 0);
    pick(3, 10, 0);
    assertThat(balance().imbalance()).isEqualTo(1);
    assertThat(balance().shadowImbalance()).isEqualTo(3);
    assertThat(balance().endpoint("10.0.0.1:1").getDouble("share")).isEqualTo(0.5);
    assertThat(balance().endpoint("10.0.0.1:1").getDouble("shadowShare")).isEqualTo(1);
  }

  @Test
  void imbalance_leavesOutWhoStandsByUnlessItWasPicked() {
    metrics.retain(config("round-robin", 1, 1, 0, 1));
    pick(1, 10, 0);
    pick(2, 10, 0);
    assertThat(balance().imbalance()).isEqualTo(1);
    pick(4, 1, 0);
    assertThat(balance().imbalance()).isEqualTo(10 * 3 / 21.0, within(1e-9));
  }

  @Test
  void numbers_startAnewWhenTheUpstreamChanges() {
    metrics.retain(config("round-robin", 1, 1));
    pick(1, 10, 5);
    BalancerMetrics balancer = lane.balancer("u");
    balancer.shadow(true);
    metrics.retain(config("round-robin", 1, 1));
    assertThat(balance().toJson().getLong("picks")).as("the same").isEqualTo(10);
    metrics.retain(config("first", 1, 1));
    assertThat(balance().toJson().getLong("picks")).isZero();
    pick(2, 4, 4);
    balancer.shadow(true);
    balancer.shadow(false);
    JsonObject shadow = balance().toJson().getJsonObject("shadow");
    assertThat(shadow.getLong("decisions")).isEqualTo(2);
    assertThat(shadow.getDouble("disagreement")).isEqualTo(0.5);
    assertThat(balance().imbalance()).isEqualTo(2);
  }

  @Test
  void panic_isToldOnceForEachLane() {
    BalancerMetrics balancer = lane.balancer("u");
    balancer.panic(true);
    balancer.panic(true);
    balancer.panic(false);
    balancer.panic(false);
    assertThat(metrics.balancers().sums().get("u")[BalancerMetrics.PANIC]).isZero();
    balancer.panic(true);
    assertThat(metrics.balancers().sums().get("u")[BalancerMetrics.PANIC]).isEqualTo(1);
  }
}
