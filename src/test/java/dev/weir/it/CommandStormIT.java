package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.Delta;
import dev.weir.node.Node;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Three nodes take random commands, valid and invalid ones, one after the other and each on any
 * node, while clients ask. The system property {@code weir.storm.commands} says how many; a failure
 * names its seed, and {@code weir.seed} repeats it.
 */
@Timeout(300)
class CommandStormIT extends ClusterSuite {
  private static final int COMMANDS = Integer.getInteger("weir.storm.commands", 200);
  private static final int NODES = 3;
  private static final int CLIENTS = 4;

  /** The rate that it must keep up at least. */
  private static final int COMMANDS_A_MINUTE = 1_000;

  private static final List<String> POLICIES =
      List.of("round-robin", "least-request", "random", "first", "fastest");

  private Random random;
  private String[] endpoints;

  @Test
  void randomCommandsUnderLoad_failNoRequestAndNodesAgree(TestReporter reporter) throws Exception {
    long seed = Long.getLong("weir.seed", new Random().nextLong());
    reporter.publishEntry("seed", String.valueOf(seed));
    random = new Random(seed);
    ScriptedUpstream[] services = new ScriptedUpstream[3];
    endpoints = new String[services.length];
    for (int i = 0; i < services.length; i++) {
      services[i] = upstream((request, c) -> c.reply(200, request.target()));
      endpoints[i] = "127.0.0.1:" + services[i].port();
    }
    List<Operated> nodes = nodes(NODES, GatewayConfig.to(services));
    int changes;
    try (SteadyLoad first = SteadyLoad.start(nodes.get(0).gateway().port(), CLIENTS);
        SteadyLoad last = SteadyLoad.start(nodes.get(NODES - 1).gateway().port(), CLIENTS)) {
      long began = System.nanoTime();
      changes = storm(nodes, seed);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      reporter.publishEntry("changes", changes + " of " + COMMANDS + " in " + seconds + " s");
      assertThat(seconds).isLessThanOrEqualTo(Math.max(1, COMMANDS * 60L / COMMANDS_A_MINUTE));
      assertThat(first.failures()).isEmpty();
      assertThat(last.failures()).isEmpty();
      reporter.publishEntry("requests", String.valueOf(first.requests() + last.requests()));
    }
    assertThat(changes).isBetween(COMMANDS / 5, COMMANDS * 4 / 5);
    for (Operated node : nodes) {
      Await.until("all have the last version", () -> version(node) == 1 + changes);
      assertThat(shared(node)).isEqualTo(shared(nodes.get(0)));
    }
  }

  /** Returns how many commands were carried out. */
  private int storm(List<Operated> nodes, long seed) {
    long version = 1;
    int changes = 0;
    for (int i = 0; i < COMMANDS; i++) {
      Operated node = nodes.get(random.nextInt(nodes.size()));
      JsonObject command = random.nextBoolean() ? change() : mistake();
      JsonObject answer =
          Await.result(
                  node.gateway().vertx().eventBus().<JsonObject>request("weir.control", command))
              .body();
      if (answer.containsKey("version")) {
        assertThat(answer.getLong("version")).as("seed " + seed).isGreaterThan(version);
        version = answer.getLong("version");
        changes++;
      } else {
        assertThat(answer.getJsonObject("error").getString("code"))
            .as("seed " + seed + ": " + command + ": " + answer)
            .isNotEqualTo("internal");
      }
    }
    return changes;
  }

  /**
   * What changes something, if it is not there already or is there no more. The first endpoint
   * stays.
   */
  private JsonObject change() {
    String endpoint = endpoints[1 + random.nextInt(endpoints.length - 1)];
    JsonObject of = new JsonObject().put("upstream", "main").put("endpoint", endpoint);
    String some = "some" + random.nextInt(5);
    switch (random.nextInt(8)) {
      case 0:
        return of.put("op", "endpoint.weight").put("weight", random.nextInt(10));
      case 1:
        return of.put("op", "endpoint.drain").put("drain", random.nextBoolean());
      case 2:
        return of.put("op", "endpoint.remove");
      case 3:
        return of.put("op", "endpoint.add").put("endpoint", address(endpoint));
      case 4:
        JsonObject policy = new JsonObject().put("policy", any(POLICIES));
        return new JsonObject()
            .put("op", "upstream.policy")
            .put("upstream", "main")
            .put("balancer", policy);
      case 5:
        JsonObject config = new JsonObject().put("endpoints", JsonArray.of(address(endpoint)));
        return new JsonObject()
            .put("op", "upstream.add")
            .put("upstream", some)
            .put("config", config);
      case 6:
        return new JsonObject().put("op", "upstream.remove").put("upstream", some);
      default:
        JsonObject match = new JsonObject().put("path", "/" + some + "/*");
        return new JsonObject()
            .put("op", "route.put")
            .put(
                "route",
                new JsonObject().put("id", some).put("upstream", "main").put("match", match));
    }
  }

  /** What is wrong in one way or another. */
  private JsonObject mistake() {
    JsonObject wrong = change();
    switch (random.nextInt(5)) {
      case 0:
        return wrong.put("op", "endpoint.explode");
      case 1:
        return wrong.put("typo", 1);
      case 2:
        return wrong.put("upstream", 7).put("route", "x");
      case 3:
        return wrong.put("ifVersion", -1);
      default:
        return wrong.put("ttlMillis", "soon");
    }
  }

  private static JsonObject address(String endpoint) {
    int colon = endpoint.indexOf(':');
    return new JsonObject()
        .put("host", endpoint.substring(0, colon))
        .put("port", Integer.valueOf(endpoint.substring(colon + 1)));
  }

  private String any(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private static Node node(Operated node) {
    return Node.of(node.gateway().vertx());
  }

  private static long version(Operated node) {
    return node(node).snapshot().version();
  }

  private static JsonObject shared(Operated node) {
    JsonObject config = node(node).snapshot().config().toJson();
    Delta.LOCAL.forEach(config::remove);
    return config;
  }
}
