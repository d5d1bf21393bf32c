package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Operators look at endpoints, overrule what is known of them, and send clients away and back. */
class OperatedHealthIT extends GatewaySuite {

  private static Object[] at(ScriptedUpstream upstream, Object... more) {
    Object[] fields = new Object[2 + more.length];
    fields[0] = "endpoint";
    fields[1] = "127.0.0.1:" + upstream.port();
    System.arraycopy(more, 0, fields, 2, more.length);
    return fields;
  }

  private ScriptedUpstream named(String name) throws Exception {
    return upstream((request, c) -> c.reply(200, name));
  }

  @Test
  void probeNow_findsOutWhatTheNextOneWould() throws Exception {
    ScriptedUpstream upstream = named("a");
    GatewayConfig config =
        GatewayConfig.to(upstream)
            .with("/upstreams/main/balancer/panicPercent", 0)
            .with("/upstreams/main/health/mode", "active")
            .with("/upstreams/main/health/active/intervalMillis", 600_000)
            .with("/upstreams/main/health/active/fall", 1)
            .with("/upstreams/main/health/active/rise", 1);
    Operated gateway = Operated.listen(gateway(config));
    JsonObject well = gateway.command("health.probe", at(upstream));
    assertThat(well.getBoolean("ok")).as(well.encode()).isTrue();
    assertThat(well.getLong("tookMillis")).isNotNegative();
    upstream.refuse();
    upstream.dropAll(); // The probes keep their connection.
    JsonObject ill = gateway.command("health.probe", at(upstream));
    assertThat(ill.getBoolean("ok")).isFalse();
    assertThat(ill.getString("reason")).isNotEmpty();
    assertThat(ill.getBoolean("healthy")).isFalse();
    assertThat(client().get("/").status()).isEqualTo(503);
  }

  @Test
  void probeNow_ofWhatIsNotProbedChangesNothing() throws Exception {
    ScriptedUpstream upstream = named("a");
    GatewayConfig config =
        GatewayConfig.to(upstream)
            .with("/upstreams/main/health/mode", "off")
            .with("/upstreams/main/health/active/fall", 1);
    Operated gateway = Operated.listen(gateway(config));
    assertThat(gateway.command("health.probe", at(upstream)).getBoolean("ok")).isTrue();
    upstream.refuse();
    JsonObject ill = gateway.command("health.probe", at(upstream));
    assertThat(ill.getBoolean("ok")).isFalse();
    assertThat(ill.getBoolean("healthy")).isTrue();
  }

  @Test
  void disabledEndpointAndOneThatIsSaidToBeDown_getNothing() throws Exception {
    ScriptedUpstream one = named("a");
    ScriptedUpstream other = named("b");
    Operated gateway = Operated.listen(gateway(one, other));
    gateway.command("endpoint.disable", at(one));
    assertThat(texts(4)).containsOnly("b");
    gateway.command("endpoint.enable", at(one));
    gateway.command("health.set", at(other, "health", "down"));
    assertThat(texts(4)).containsOnly("a");
    gateway.command("health.set", at(other, "health", "auto"));
    assertThat(texts(8)).contains("a", "b");
  }

  private String[] texts(int count) throws Exception {
    String[] texts = new String[count];
    RawClient client = client();
    for (int i = 0; i < count; i++) {
      texts[i] = client.get("/").text();
    }
    return texts;
  }

  @Test
  void gatewayThatResumes_isReadyAndKeepsConnections() throws Exception {
    Gateway gateway = gateway(named("a"));
    for (int round = 0; round < 2; round++) {
      send(gateway, "gateway.drain");
      assertThat(gateway.adminStatus("/ready")).isEqualTo(503);
      assertThat(client().get("/").headers().elements("connection")).contains("close");
      send(gateway, "gateway.resume");
      assertThat(gateway.adminStatus("/ready")).isEqualTo(200);
      RawClient client = client();
      assertThat(client.get("/").headers().elements("connection")).doesNotContain("close");
      assertThat(client.get("/").status()).isEqualTo(200);
    }
  }

  private static void send(Gateway gateway, String op) {
    Await.result(gateway.vertx().eventBus().request("weir.control", Verbs.fields("op", op)));
  }
}
