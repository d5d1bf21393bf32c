package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The delivered program: what SIGTERM does to it, and how it ends when it can't start. */
class LaunchIT extends GatewaySuite {
  private static final int CONNECTIONS = 64;
  private static final int TERMINATED = 128 + 15;

  @TempDir Path directory;

  @Test
  void terminationUnderLoadFailsNoRequest() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, request.target()));
    int port = Ports.unused();
    GatewayConfig config = GatewayConfig.to(upstream).listener("port", port);
    try (WeirProcess weir = WeirProcess.start(directory, config)) {
      weir.awaitListening(port);
      try (SteadyLoad load = SteadyLoad.start(port, CONNECTIONS)) {
        load.awaitRequests(5_000);
        weir.terminate();
        load.awaitEnd();
        assertThat(load.failures()).isEmpty();
        assertThat(load.told()).as("connections that were told to close").isPositive();
      }
      assertThat(weir.awaitExit()).isEqualTo(TERMINATED);
    }
  }

  @Test
  void terminationWaitsForARequestInFlight() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              release.await();
              c.reply(200, "finished");
            });
    int port = Ports.unused();
    GatewayConfig config = GatewayConfig.to(upstream).listener("port", port);
    try (WeirProcess weir = WeirProcess.start(directory, config)) {
      weir.awaitListening(port);
      RawClient client = client(port);
      client.request("GET", "/");
      upstream.take();
      weir.terminate();
      Await.until("nobody is let in any more", () -> !WeirProcess.isOpen(port));
      assertThat(weir.isAlive()).isTrue();
      release.countDown();
      assertThat(client.read().text()).isEqualTo("finished");
      client.expectClosed();
      assertThat(weir.awaitExit()).isEqualTo(TERMINATED);
    }
  }

  @Test
  void wrongConfigurationIsListedAndEndsTheProcess() throws Exception {
    int port = Ports.unused();
    GatewayConfig config =
        GatewayConfig.to(9)
            .listener("port", port)
            .with("/typo", 1)
            .with("/upstreams/main/endpoints/0/port", 0)
            .with("/routes/0/upstream", "mian")
            .with("/routes/1", new JsonObject().put("id", "all").put("upstream", "main"));
    assertRefused(
        Files.writeString(directory.resolve("bad.json"), config.json().encode()),
        "/typo",
        "/upstreams/main/endpoints/0/port",
        "/routes/0/upstream",
        "/routes/1");
    assertThat(WeirProcess.isOpen(port)).isFalse();
  }

  @Test
  void unreadableConfigurationEndsTheProcess() throws Exception {
    assertRefused(directory.resolve("missing.json"), "missing.json");
    assertRefused(Files.writeString(directory.resolve("cut.json"), "{\"ingress\": ["), "line 1");
  }

  @Test
  void takenPortIsNamedAndEndsTheProcess() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      GatewayConfig config = GatewayConfig.to(9).listener("port", taken.getLocalPort());
      assertRefused(
          Files.writeString(directory.resolve("taken.json"), config.json().encode()),
          String.valueOf(taken.getLocalPort()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void transportCanBeChosen(String name) throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, request.target()));
    int port = Ports.unused();
    GatewayConfig config = GatewayConfig.to(upstream).listener("port", port);
    try (WeirProcess weir = WeirProcess.start(directory, config, "-Dweir.transport=" + name)) {
      weir.awaitListening(port);
      assertThat(client(port).get("/a").text()).isEqualTo("/a");
      assertThat(weir.output()).contains("Sockets by " + name);
    }
  }

  @Test
  void unknownTransportEndsTheProcessWithThoseThereAre() throws Exception {
    GatewayConfig config = GatewayConfig.to(9).listener("port", Ports.unused());
    try (WeirProcess weir = WeirProcess.start(directory, config, "-Dweir.transport=fast")) {
      assertThat(weir.awaitExit()).isNotZero();
      assertThat(weir.output()).contains("-Dweir.transport=fast: expected one of ", "epoll");
    }
  }

  private void assertRefused(Path config, String... named) throws Exception {
    try (WeirProcess weir = WeirProcess.start(directory, config)) {
      assertThat(weir.awaitExit()).isNotZero();
      assertThat(weir.output()).contains(named);
    }
  }
}
