package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** A configuration that is wrong is refused whole: everything is named and nothing listens. */
class BadConfigIT extends GatewaySuite {

  @Test
  void everythingThatIsWrongIsListedAndNothingListens() throws Exception {
    int port = Ports.unused();
    GatewayConfig config =
        GatewayConfig.to(9)
            .with("/ingress/0/port", port)
            .with("/ingres", new JsonArray())
            .with("/scale/ingress", "two")
            .with("/upstreams/main/endpoints/0/port", 65_536)
            .with("/routes/0/upstream", "mian")
            .with("/routes/1", new JsonObject().put("id", "all").put("upstream", "main"));
    assertThatThrownBy(() -> Gateway.start(config))
        .hasMessageContaining("/ingres:")
        .hasMessageContaining("/scale/ingress: \"two\"")
        .hasMessageContaining("/upstreams/main/endpoints/0/port: 65536")
        .hasMessageContaining("/routes/0/upstream: \"mian\"")
        .hasMessageContaining("/routes/1");
    assertThatThrownBy(() -> RawClient.connect(port)).isInstanceOf(ConnectException.class);
  }

  @Test
  void listenerPortOutOfRangeIsRefused() {
    assertThatThrownBy(() -> Gateway.start(GatewayConfig.to(9).listener("port", -1)))
        .hasMessageContaining("/ingress/0/port: -1");
    assertThatThrownBy(() -> Gateway.start(GatewayConfig.to(9).listener("port", 65_536)))
        .hasMessageContaining("/ingress/0/port: 65536");
  }

  @Test
  void takenPortIsNamedAndTheOtherListenersAreClosed() throws Exception {
    int free = Ports.unused();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      JsonArray listeners =
          new JsonArray()
              .add(GatewayConfig.listener().put("port", free))
              .add(GatewayConfig.listener().put("port", taken.getLocalPort()));
      assertThatThrownBy(() -> Gateway.start(GatewayConfig.to(9).with("/ingress", listeners)))
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
      assertThatThrownBy(() -> RawClient.connect(free)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void gatewayStartsInTheSameVertxOnceTheConfigurationIsRight() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "fine"));
    assertThatThrownBy(() -> Gateway.start(GatewayConfig.to(upstream).with("/typo", 1)));
    gateway(upstream);
    assertThat(client().get("/").text()).isEqualTo("fine");
  }
}
