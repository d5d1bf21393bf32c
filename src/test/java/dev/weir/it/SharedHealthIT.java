package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The nodes of a cluster find out together which endpoints work. */
class SharedHealthIT extends ClusterSuite {
  private static final String HEALTH = "/upstreams/main/health/";

  /** Which connection has asked for the health of an endpoint last. */
  private final Map<String, Object> probing = new ConcurrentHashMap<>();

  /** The connections that are told that the endpoint does not work. */
  private final Set<Object> deceived = ConcurrentHashMap.newKeySet();

  private final Set<String> sick = ConcurrentHashMap.newKeySet();

  private ScriptedUpstream endpoint(String name) throws Exception {
    return upstream(
        (request, c) -> {
          if (request.target().equals("/health")) {
            probing.put(name, c);
            boolean well = !sick.contains(name) && !deceived.contains(c);
            c.reply(well ? 200 : 503, "");
          } else {
            c.reply(200, name);
          }
        });
  }

  private GatewayConfig probed(String... names) throws Exception {
    ScriptedUpstream[] upstreams = new ScriptedUpstream[names.length];
    for (int i = 0; i < names.length; i++) {
      upstreams[i] = endpoint(names[i]);
    }
    JsonObject active =
        new JsonObject()
            .put("path", "/health")
            .put("intervalMillis", 20)
            .put("timeoutMillis", 1000)
            .put("rise", 2)
            .put("fall", 2);
    return GatewayConfig.to(upstreams)
        .with("/upstreams/main/health", new JsonObject().put("mode", "active"))
        .with(HEALTH + "active", active)
        .with("/upstreams/main/balancer", new JsonObject().put("panicPercent", 0));
  }

  private static int probes(Operated node) {
    try {
      return node.gateway().metrics().get("weir_probed_endpoints").intValue();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int sum(List<Operated> nodes) {
    return nodes.stream().mapToInt(SharedHealthIT::probes).sum();
  }

  private static void awaitProbes(int sum, List<Operated> nodes) {
    Await.until(
        () -> sum + " probes, not " + nodes.stream().map(SharedHealthIT::probes).toList(),
        () -> sum(nodes) == sum,
        Await.PATIENCE);
  }

  private static void awaitHealthy(boolean healthy, List<Operated> nodes) {
    Await.until(
        "healthy on all: " + healthy,
        () -> nodes.stream().allMatch(node -> node.endpoint(0).getBoolean("healthy") == healthy));
  }

  private static long healthyOn(List<Operated> nodes) {
    return nodes.stream().filter(node -> node.endpoint(0).getBoolean("healthy")).count();
  }

  /** From now on the node that probes the endpoint is told that it does not work. */
  private void deceiveTheProbingNode(String name) {
    probing.clear();
    Await.until("it is probed", () -> probing.containsKey(name));
    deceived.add(probing.get(name));
  }

  @Test
  void eachEndpointIsProbedByOneNodeAndTakenOverWhenItLeaves() throws Exception {
    String[] names = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
    List<Operated> nodes = nodes(3, probed(names));
    awaitProbes(names.length, nodes);
    // By chance one node of three may have none; that one has all is one case in 180 000.
    List<Operated> busy = nodes.stream().filter(node -> probes(node) > 0).toList();
    assertThat(busy).hasSizeGreaterThan(1);
    nodes.remove(busy.get(1));
    Await.result(busy.get(1).gateway().undeploy());
    awaitProbes(names.length, nodes);
    sick.addAll(Set.of(names));
    Await.until(
        "all are found",
        () ->
            nodes.stream()
                .allMatch(node -> node.command("upstream.show").getInteger("usable") == 0));
    sick.clear();
    Await.until(
        "all are back",
        () ->
            nodes.stream()
                .allMatch(
                    node -> node.command("upstream.show").getInteger("usable") == names.length));
    awaitProbes(names.length, nodes);
  }

  @Test
  void endpointThatNobodyReachesIsOutForAll() throws Exception {
    List<Operated> nodes = nodes(3, probed("a", "b"));
    awaitProbes(2, nodes);
    sick.add("a");
    awaitHealthy(false, nodes);
    awaitProbes(4, nodes);
    sick.clear();
    awaitHealthy(true, nodes);
    awaitProbes(2, nodes);
  }

  @Test
  void endpointThatOneNodeDoesNotReachIsOutThereAlone() throws Exception {
    List<Operated> nodes = nodes(3, probed("a", "b"));
    awaitProbes(2, nodes);
    deceiveTheProbingNode("a");
    Await.until("one has it out", () -> healthyOn(nodes) == 2);
    awaitProbes(4, nodes);
    long still = Await.still(() -> healthyOn(nodes));
    assertThat(still).isEqualTo(2);
    deceived.clear();
    awaitHealthy(true, nodes);
    awaitProbes(2, nodes);
  }

  @Test
  void quorumOfOneTakesAnyNodesWordAlsoOnOneThatJoins() throws Exception {
    GatewayConfig config = probed("a", "b").with(HEALTH + "quorum", 1);
    List<Operated> nodes = nodes(2, config);
    awaitProbes(2, nodes);
    deceiveTheProbingNode("a");
    awaitHealthy(false, nodes);
    List<Operated> joined = new ArrayList<>(List.of(node(config)));
    awaitHealthy(false, joined);
    assertThat(Await.still(() -> healthyOn(joined))).isZero();
    assertThat(nodes.subList(0, 2))
        .flatMap(node -> node.events("health"))
        .extracting(event -> event.getString("reason"))
        .anyMatch(reason -> reason.endsWith("; 1 of 2 nodes say so"));
    deceived.clear();
    awaitHealthy(true, nodes);
  }

  @Test
  void nodesThatTakeEverythingFromOneAnotherPanicAndServe() throws Exception {
    GatewayConfig config =
        probed("a", "b")
            .with(HEALTH + "quorum", 1)
            .with("/upstreams/main/balancer/panicPercent", 50);
    List<Operated> nodes = nodes(2, config);
    awaitProbes(2, nodes);
    deceiveTheProbingNode("a");
    deceiveTheProbingNode("b");
    Await.until(
        "everything is out",
        () ->
            nodes.stream()
                .allMatch(node -> node.command("upstream.show").getInteger("usable") == 0));
    for (Operated node : nodes) {
      assertThat(client(node.gateway().port()).get("/").status()).isEqualTo(200);
    }
  }

  @Test
  void nodesThatProbeInAnotherWayDoNotShare() throws Exception {
    GatewayConfig config = probed("a", "b").with("/cluster/configuration", "own");
    node(config);
    List<Operated> nodes = new ArrayList<>(List.of(node(config.with(HEALTH + "active/fall", 3))));
    awaitMembers(2);
    awaitProbes(2, nodes);
  }

  @Test
  void degradedEndpoint_isSoOnTheNodeThatDoesNotProbeIt() throws Exception {
    AtomicInteger status = new AtomicInteger(429);
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(status.get(), ""));
    GatewayConfig config =
        GatewayConfig.to(upstream)
            .with(HEALTH + "active", new JsonObject().put("intervalMillis", 20))
            .with(HEALTH + "active/degradedStatuses", new JsonArray().add(429));
    List<Operated> nodes = nodes(2, config);
    for (Operated node : nodes) {
      Await.until("it is degraded", () -> node.endpoint(0).getBoolean("degraded"));
    }
    status.set(200);
    for (Operated node : nodes) {
      Await.until("it is not any longer", () -> !node.endpoint(0).getBoolean("degraded"));
    }
  }

  @Test
  void nodesThatDoNotShareProbeEverythingThemselves() throws Exception {
    List<Operated> nodes = nodes(2, probed("a", "b").with(HEALTH + "sharing", "off"));
    awaitProbes(4, nodes);
    deceiveTheProbingNode("a");
    Await.until("one has it out", () -> healthyOn(nodes) == 1);
    assertThat(Await.still(() -> healthyOn(nodes))).isEqualTo(1);
  }
}
