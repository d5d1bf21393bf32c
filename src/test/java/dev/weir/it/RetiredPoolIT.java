package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A change of a pool's settings takes nothing from the exchanges that are under way. */
class RetiredPoolIT extends BalancingSuite {
  private static final int CLIENTS = 8;

  /** At least one for each lane, so that every lane closes one when it follows a change. */
  private static final int SPARE_CONNECTIONS = 2;

  private final CountDownLatch release = new CountDownLatch(1);
  private Gateway gateway;

  /** With a second upstream, whose idle connections tell when the lanes have followed a change. */
  private void start(ScriptedUpstream upstream) throws IOException {
    ScriptedUpstream spare = upstream((request, c) -> c.reply(200, "spare"));
    gateway =
        gateway(
            GatewayConfig.to(upstream)
                .with("/upstreams/main/pool/maxConnections", 1)
                .with("/upstreams/spare", GatewayConfig.upstream(spare.port()))
                .with("/upstreams/spare/pool/minConnections", SPARE_CONNECTIONS));
    Await.until(
        "the spare connections are open",
        () -> sum("weir_pool_connections{", "state=\"idle\"") == SPARE_CONNECTIONS);
  }

  private double sum(String name, String label) {
    try {
      return gateway.metrics().entrySet().stream()
          .filter(series -> series.getKey().startsWith(name) && series.getKey().contains(label))
          .mapToDouble(Map.Entry::getValue)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the pools of both upstreams, on all lanes. */
  private void retire() {
    JsonObject change = json("{'pool': {'idleTimeoutMillis': 50000}}");
    JsonObject both = new JsonObject().put("main", change).put("spare", change.copy());
    JsonObject patch = new JsonObject().put("upstreams", both);
    command(gateway, new JsonObject().put("op", "config.patch").put("patch", patch));
    Await.until(
        "every lane has followed",
        () -> sum("weir_pool_closed_total{", "reason=\"retired\"") == SPARE_CONNECTIONS);
  }

  @Test
  void laneWithoutAConnection_servesThoseWhoWait() throws Exception {
    start(
        upstream(
            (request, c) -> {
              release.await();
              c.reply(200, "served");
            }));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      RawClient client = client();
      client.request("GET", "/");
      clients.add(client);
    }
    Await.until("all but one wait", () -> sum("weir_pool_pending{", "main") == CLIENTS - 1);
    retire();
    release.countDown();
    for (RawClient client : clients) {
      assertThat(client.read().text()).isEqualTo("served");
    }
  }

  @Test
  void lastConnectionDiesUnderARequest_whichIsSentAgain() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ScriptedUpstream upstream =
        scripted(
            c -> {
              for (RawRequest r = c.request(); r != null; r = c.request()) {
                if (c.number() == 1 && r.target().equals("/second")) {
                  begun.countDown();
                  release.await();
                  return;
                }
                c.reply(200, r.target());
              }
            });
    start(upstream);
    RawClient client = client();
    assertThat(client.get("/first").text()).isEqualTo("/first");
    client.request("GET", "/second");
    begun.await();
    retire();
    release.countDown();
    assertThat(client.read().text()).isEqualTo("/second");
    assertThat(upstream.connections()).isEqualTo(2);
  }
}
