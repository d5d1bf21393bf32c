package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Node;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Commands over HTTP from this machine. */
class ControlPageIT extends GatewaySuite {
  private static final String[] JSON = {"content-type", "application/json"};

  private GatewayConfig config() throws IOException {
    return GatewayConfig.to(upstream((request, c) -> c.reply(200, "a")));
  }

  private static AdminClient admin(Gateway gateway) {
    return new AdminClient(Node.of(gateway.vertx()).ports().admin());
  }

  private static String weigh(Gateway gateway, int weight) {
    Node node = Node.of(gateway.vertx());
    return new JsonObject()
        .put("op", "endpoint.weight")
        .put("upstream", "main")
        .put("endpoint", node.snapshot().upstreams().get("main").endpoints().get(0).id())
        .put("weight", weight)
        .encode();
  }

  @Test
  void commandIsCarriedOut() throws Exception {
    Gateway gateway = gateway(config());
    HttpResponse<String> answer = admin(gateway).post(weigh(gateway, 7), JSON);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"version\":2}");
    assertThat(Node.of(gateway.vertx()).snapshot().version()).isEqualTo(2);
  }

  @Test
  void refusalIsAStatus() throws Exception {
    Gateway gateway = gateway(config());
    AdminClient admin = admin(gateway);
    assertThat(admin.post(weigh(gateway, -1), JSON).statusCode()).isEqualTo(400);
    String missing = "{\"op\":\"upstream.show\",\"upstream\":\"nobody\"}";
    assertThat(admin.post(missing, JSON).statusCode()).isEqualTo(404);
    JsonObject stale = new JsonObject(weigh(gateway, 3)).put("ifVersion", 9);
    HttpResponse<String> answer = admin.post(stale.encode(), JSON);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("code"))
        .isEqualTo("stale");
  }

  @Test
  void whatIsNoCommandOrComesFromAPageOrProxy_isRefused() throws Exception {
    Gateway gateway = gateway(config());
    AdminClient admin = admin(gateway);
    String command = weigh(gateway, 7);
    assertThat(admin.post("{", JSON).statusCode()).isEqualTo(400);
    assertThat(admin.post("[]", JSON).statusCode()).isEqualTo(400);
    assertThat(admin.post("", JSON).statusCode()).isEqualTo(400);
    assertThat(admin.post(command).statusCode()).isEqualTo(415);
    assertThat(admin.post(command, "content-type", "text/plain").statusCode()).isEqualTo(415);
    for (String header : new String[] {"origin", "forwarded", "x-forwarded-for", "via"}) {
      HttpResponse<String> answer =
          admin.post(command, "content-type", "application/json", header, "http://127.0.0.1");
      assertThat(answer.statusCode()).as(header).isEqualTo(403);
    }
    assertThat(Node.of(gateway.vertx()).snapshot().version()).isEqualTo(1);
  }

  @Test
  void switchedOff_thereIsNone() throws Exception {
    Gateway gateway = gateway(config().with("/admin/control", false));
    assertThat(admin(gateway).post(weigh(gateway, 7), JSON).statusCode()).isEqualTo(405);
  }
}
