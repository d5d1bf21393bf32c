package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A pick takes so long that the client was told that its request is lost. */
class LatePickIT extends GatewaySuite {
  private static final String ADDRESS = "picks.late";

  /** Longer than the gateway waits for a pick before it counts as lost. */
  private static final int PATIENCE_MILLIS = 30_000;

  @Override
  Scale scale() {
    return Scale.ONE_EACH;
  }

  @Test
  void pickThatComesOnceTheClientHasAnAnswer_isNotFollowed() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, request.target()));
    JsonObject balancer =
        new JsonObject().put("policy", "bus:" + ADDRESS).put("busTimeoutMillis", PATIENCE_MILLIS);
    Gateway gateway =
        gateway(GatewayConfig.to(upstream).with("/upstreams/main/balancer", balancer));
    List<Message<JsonObject>> questions = new CopyOnWriteArrayList<>();
    Await.result(
        gateway.vertx().eventBus().<JsonObject>consumer(ADDRESS, questions::add).completion());
    RawClient client = client();
    client.request("POST", "/first", "Content-Length: 0");
    assertThat(client.hasInputWithin(PATIENCE_MILLIS)).isTrue();
    assertThat(client.read().flag()).isEqualTo("DR");
    client.request("GET", "/second");
    Await.until("both are asked for", () -> questions.size() == 2);
    JsonObject pick = new JsonObject().put("endpoint", "127.0.0.1:" + upstream.port());
    questions.forEach(question -> question.reply(pick));
    assertThat(client.read().text()).isEqualTo("/second");
    assertThat(upstream.requests()).isEqualTo(1);
  }
}
