package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the probes find decides where requests go. */
class HealthIT extends ScaledSuite implements AlsoRemote {

  /** An upstream that answers with its name, and its probe with the status in {@code health}. */
  private ScriptedUpstream named(String name, AtomicInteger health) throws IOException {
    return upstream(
        (request, c) -> {
          if (request.target().equals("/health")) {
            c.reply(health.get(), "");
          } else {
            c.reply(200, name);
          }
        });
  }

  private static JsonObject probes(String type) {
    JsonObject active =
        new JsonObject()
            .put("type", type)
            .put("intervalMillis", 20)
            .put("timeoutMillis", 1_000)
            .put("rise", 2)
            .put("fall", 2);
    if (type.equals("http")) {
      active.put("path", "/health");
    }
    return new JsonObject().put("mode", "active").put("active", active);
  }

  private static GatewayConfig probed(String type, ScriptedUpstream... upstreams) {
    return GatewayConfig.to(upstreams)
        .with("/upstreams/main/health", probes(type))
        .with("/upstreams/main/balancer", new JsonObject().put("panicPercent", 0));
  }

  @Test
  void endpointThatFailsItsProbesIsLeftOutUntilItRecovers() throws Exception {
    AtomicInteger health = new AtomicInteger(200);
    gateway(probed("http", named("a", health), named("b", new AtomicInteger(200))));
    RawClient client = client();
    awaitAnswering(client, "a", "b");
    health.set(503);
    awaitAnswering(client, "b");
    health.set(200);
    awaitAnswering(client, "a", "b");
  }

  @Test
  void upstreamWithoutAHealthyEndpointIsUnavailable() throws Exception {
    AtomicInteger health = new AtomicInteger(500);
    gateway(probed("http", named("a", health), named("b", health)));
    RawClient client = client();
    awaitAnswering(client, "UH");
    assertThat(client.get("/").status()).isEqualTo(503);
    health.set(204);
    awaitAnswering(client, "a", "b");
  }

  @Test
  void degradedEndpointServesOnlyWhenHealthyOnesAreShort() throws Exception {
    AtomicInteger a = new AtomicInteger(200);
    AtomicInteger b = new AtomicInteger(429);
    JsonObject probes = probes("http");
    probes.getJsonObject("active").put("degradedStatuses", new JsonArray().add(429));
    ScriptedUpstream[] all = {named("a", a), named("b", b), named("c", new AtomicInteger(200))};
    Gateway gateway = gateway(probed("http", all).with("/upstreams/main/health", probes));
    RawClient client = client();
    Await.until("b is degraded", () -> degraded(gateway, all[1]) == 1);
    Await.until("b still gets what two of three can't take", () -> share(client, "b") > 0);
    assertThat(share(client, "b")).as("7 in 100").isLessThan(0.2);
    a.set(500);
    Await.until("a is out", () -> share(client, "a") == 0);
    Await.until("b takes half", () -> Math.abs(share(client, "b") - 0.5) < 0.15);
    b.set(200);
    Await.until("b is whole again", () -> degraded(gateway, all[1]) == 0);
  }

  /** Which part of 200 requests an upstream answers. */
  private static double share(RawClient client, String name) {
    try {
      int count = 0;
      for (int i = 0; i < 200; i++) {
        count += client.get("/").text().equals(name) ? 1 : 0;
      }
      return count / 200.0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double degraded(Gateway gateway, ScriptedUpstream upstream) {
    String labels = "{endpoint=\"127.0.0.1:" + upstream.port() + "\",upstream=\"main\"}";
    try {
      return gateway.metrics().get("weir_endpoint_degraded" + labels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void upstreamInPanicUsesItsUnhealthyEndpoints() throws Exception {
    AtomicInteger health = new AtomicInteger(200);
    AtomicInteger fails = new AtomicInteger(500);
    gateway(
        probed("http", named("a", health), named("b", fails), named("c", fails))
            .with("/upstreams/main/balancer", new JsonObject().put("panicPercent", 30)));
    RawClient client = client();
    awaitAnswering(client, "a");
    health.set(500);
    awaitAnswering(client, "a", "b", "c");
  }

  @Test
  void endpointThatRefusesConnectionsIsNoticedByItsProbe() throws Exception {
    ScriptedUpstream upstream = named("a", new AtomicInteger(200));
    gateway(probed("tcp", upstream));
    RawClient client = client();
    awaitAnswering(client, "a");
    upstream.refuse();
    awaitAnswering(client, "UH");
  }

  @Test
  void endpointThatWasNotProbedYetGetsNothingWhenToldSo() throws Exception {
    AtomicInteger health = new AtomicInteger(503);
    GatewayConfig config =
        probed("http", named("a", health), named("b", new AtomicInteger(200)))
            .with("/upstreams/main/health/active/initial", "firstProbe")
            .with("/upstreams/main/health/active/timeoutMillis", 60_000) // One late probe decides.
            .with("/upstreams/main/health/active/rise", 1000);
    gateway(config);
    RawClient client = client();
    assertThat(answering(client)).doesNotContain("a");
    awaitAnswering(client, "b"); // Its first success was enough.
  }

  @Test
  void endpointThatAcceptsAndSaysNothingIsNoticed() throws Exception {
    ScriptedUpstream silent = scripted(c -> c.drain());
    gateway(
        probed("tcp", named("a", new AtomicInteger(200)))
            .with("/upstreams/main/health/active/port", silent.port())
            .with("/upstreams/main/health/active/send", "PING")
            .with("/upstreams/main/health/active/expect", "PONG")
            .with("/upstreams/main/health/active/timeoutMillis", 100));
    awaitAnswering(client(), "UH");
  }
}
