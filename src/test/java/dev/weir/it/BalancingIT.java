package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.config.BalancerConfig;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who gets the requests, by policy, level and health. */
class BalancingIT extends BalancingSuite {
  private static final int REQUESTS = 200;

  private static void health(Gateway gateway, int endpoint, boolean up) {
    Node node = Node.of(gateway.vertx());
    Endpoint found = node.snapshot().upstreams().get("main").endpoints().get(endpoint);
    node.states().health(found, up);
  }

  @Test
  void everyPolicyServes() throws Exception {
    Gateway gateway = gateway(balanced(3, new JsonObject()));
    RawClient client = client();
    for (String policy : BalancerConfig.POLICIES) {
      command(gateway, op("upstream.policy", "policy", policy));
      Map<String, Integer> answers = answers(client, REQUESTS);
      assertThat(answers.keySet()).as(policy).isSubsetOf("0", "1", "2");
      assertThat(answers.size()).as(policy).isBetween(least(policy), most(policy));
    }
  }

  private static int least(String policy) {
    return switch (policy) {
      case BalancerConfig.FIRST, BalancerConfig.IP_HASH -> 1;
      case BalancerConfig.PEAK_EWMA -> 2; // The slowest of three is never the better of two.
      default -> 3;
    };
  }

  private static int most(String policy) {
    return least(policy) == 1 ? 1 : 3;
  }

  @Test
  void hashedRequestsStayTogether() throws Exception {
    gateway(balanced(4, json("{'policy': 'hash', 'hash': {'on': 'header', 'name': 'x-user'}}")));
    RawClient client = client();
    for (int user = 0; user < 20; user++) {
      assertThat(answers(client, 5, "X-User: u" + user)).hasSize(1);
    }
    assertThat(answers(client, REQUESTS)).as("without the header").hasSize(4);
  }

  @Test
  void cookieQueryAndPathAreHashedToo() throws Exception {
    Gateway gateway = gateway(balanced(4, json("{'policy': 'hash', 'hash': {'table': 'ring'}}")));
    RawClient client = client();
    String byPath = client.get("/a?x=1").text();
    assertThat(client.get("/a?x=2").text()).isEqualTo(byPath);
    command(
        gateway, op("upstream.policy", "balancer", json("{'hash': {'on': 'query', 'name': 'k'}}")));
    String byQuery = client.get("/a?x=1&k=7").text();
    assertThat(client.get("/b?k=7&y=2").text()).isEqualTo(byQuery);
    command(
        gateway,
        op("upstream.policy", "balancer", json("{'hash': {'on': 'cookie', 'name': 'k'}}")));
    String byCookie = client.get("/a", "Cookie: a=b; k=7").text();
    assertThat(client.get("/b", "Cookie: k=7; a=c").text()).isEqualTo(byCookie);
  }

  @Test
  void leastConnectionsCountsForTheWholeNode() throws Exception {
    CountDownLatch hang = new CountDownLatch(1);
    ScriptedUpstream.Answer answer =
        (request, c) -> {
          if (request.target().equals("/hang")) {
            Await.until("the test lets go", () -> hang.getCount() == 0);
          }
          c.reply(200, "");
        };
    ScriptedUpstream one = upstream(answer);
    ScriptedUpstream other = upstream(answer);
    Gateway gateway =
        gateway(
            GatewayConfig.to(one, other)
                .with("/upstreams/main/balancer", json("{'policy': 'least-connections'}")));
    RawClient waiting = client();
    waiting.request("GET", "/hang");
    Await.until("one is busy", () -> one.requests() + other.requests() == 1);
    ScriptedUpstream busy = one.requests() == 1 ? one : other;
    for (int i = 0; i < 20; i++) {
      try (RawClient client = gateway.connect()) { // On any of the lanes.
        assertThat(client.get("/").status()).isEqualTo(200);
      }
      Await.until("it is over on its lane too", () -> gateway.inFlight() == 1);
    }
    assertThat(busy.requests()).isEqualTo(1);
    hang.countDown();
    assertThat(waiting.read().status()).isEqualTo(200);
  }

  @Test
  void prioritiesAndBackupsTakeOver() throws Exception {
    GatewayConfig config = balanced(3, json("{'panicPercent': 0}"));
    endpoint(config, 1, "priority", 1);
    endpoint(config, 2, "backup", true);
    Gateway gateway = gateway(config);
    RawClient client = client();
    assertThat(answers(client, 20)).containsOnlyKeys("0");
    health(gateway, 0, false);
    Await.until("the next priority serves", () -> only(client, "1"));
    health(gateway, 1, false);
    Await.until("the backup serves", () -> only(client, "2"));
    health(gateway, 2, false);
    Await.until("nobody serves", () -> only(client, "UH"));
    health(gateway, 0, true);
    Await.until("the first serves again", () -> only(client, "0"));
  }

  private static boolean only(RawClient client, String name) {
    try {
      return answers(client, 10).keySet().equals(Set.of(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void levelThatLosesEndpointsSpillsOver() throws Exception {
    GatewayConfig config = balanced(4, json("{'policy': 'random', 'panicPercent': 0}"));
    endpoint(config, 2, "priority", 1);
    endpoint(config, 3, "priority", 1);
    Gateway gateway = gateway(config);
    health(gateway, 0, false);
    RawClient client = client();
    Await.until("the view is there", () -> !only(client, "0"));
    Map<String, Integer> answers = answers(client, 1000);
    // Half of the first level is healthy: it keeps 1.4 * 50 percent. Five deviations are 7.2 %.
    assertThat(answers.get("1")).isCloseTo(700, within(72));
    assertThat(answers).containsOnlyKeys("1", "2", "3");
  }

  @Test
  void ownZoneComesFirst() throws Exception {
    GatewayConfig config = balanced(2, json("{'preferZone': true}")).with("/zone", "b");
    endpoint(config, 0, "zone", "a");
    endpoint(config, 1, "zone", "b");
    Gateway gateway = gateway(config);
    RawClient client = client();
    assertThat(answers(client, 20)).containsOnlyKeys("1");
    health(gateway, 1, false);
    Await.until("the other zone serves", () -> only(client, "0"));
  }

  @Test
  void healthCanBeTurnedOff() throws Exception {
    Gateway gateway = gateway(balanced(2, json("{'healthAware': false}")));
    health(gateway, 0, false);
    health(gateway, 1, false);
    assertThat(answers(client(), 20)).containsOnlyKeys("0", "1");
  }

  @Test
  void noWeightIsNoEndpoint() throws Exception {
    GatewayConfig config = balanced(2, new JsonObject());
    endpoint(config, 0, "weight", 0);
    endpoint(config, 1, "weight", 0);
    Gateway gateway = gateway(config);
    assertThat(answers(client(), 3)).containsOnlyKeys("UH");
    assertThat(gateway.metrics())
        .containsEntry("weir_balancer_none_total{reason=\"unusable\",upstream=\"main\"}", 3.0);
  }

  @Test
  void numbersSayWhoWasPickedAndWhatAShadowWouldHaveDone() throws Exception {
    GatewayConfig config = balanced(4, json("{'shadow': {'policy': 'first'}}"));
    Gateway gateway = gateway(config);
    RawClient client = client();
    answers(client, 100);
    JsonObject shown = command(gateway, op("upstream.show"));
    JsonObject first = shown.getJsonArray("endpoints").getJsonObject(0);
    // A view that is made anew begins with the first again, as when a node of a cluster appears.
    assertThat(first.getInteger("picks")).as(shown.encodePrettily()).isBetween(24, 27);
    assertThat(first.getDouble("share")).isCloseTo(0.25, within(0.02));
    assertThat(first.getInteger("shadowPicks")).isEqualTo(100);
    JsonObject balance = shown.getJsonObject("balance");
    assertThat(balance.getDouble("imbalance")).isCloseTo(1, within(0.1));
    JsonObject shadow = balance.getJsonObject("shadow");
    assertThat(shadow.getDouble("imbalance")).isEqualTo(4);
    assertThat(shadow.getDouble("disagreement")).isCloseTo(0.75, within(0.02));
    assertThat(gateway.metrics())
        .containsEntry(
            "weir_balancer_shadow_total{agreed=\"true\",upstream=\"main\"}",
            first.getInteger("picks").doubleValue())
        .containsEntry("weir_balancer_imbalance{policy=\"shadow\",upstream=\"main\"}", 4.0);
    Await.until("what is over is in flight no more", () -> shadowInFlight(gateway) == 0);
  }

  private static int shadowInFlight(Gateway gateway) {
    return Node.of(gateway.vertx()).snapshot().upstreams().get("main").load().shadow().inFlight();
  }
}
