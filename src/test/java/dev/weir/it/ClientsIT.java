package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Signer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clients in {@code verticles/clients/}, beside a gateway with the bridge of conf/bridge.json.
 */
class ClientsIT extends BridgeSuite {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path directory;

  private Gateway gateway() throws Exception {
    JsonObject file = new JsonObject(Files.readString(Path.of("conf", "bridge.json")));
    JsonObject bridge = file.getJsonObject("bridge");
    bridge.remove("port");
    return bridged(bridge.encode());
  }

  private Process start(Gateway gateway, String... command) throws Exception {
    return startSigning(gateway, null, command);
  }

  private Process startSigning(Gateway gateway, String secret, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("WEIR_BRIDGE_PORT", Integer.toString(port(gateway)));
    if (secret != null) {
      builder.environment().put("WEIR_SECRET", secret);
    }
    return builder.redirectErrorStream(true).redirectOutput(output().toFile()).start();
  }

  private Path output() {
    return directory.resolve("output");
  }

  private String printed() {
    try {
      return Files.readString(output());
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  private void awaitPrinted(String text) {
    Await.until(() -> text + " is printed, not " + printed(), () -> printed().contains(text), LONG);
  }

  private static void setWeight(Gateway gateway, int weight) {
    Operated operated = Operated.listen(gateway);
    String endpoint = operated.endpoint(0).getString("endpoint");
    operated.command("endpoint.weight", "endpoint", endpoint, "weight", weight);
  }

  @Test
  void nodeShowsStatisticsAndEventsWhileTheyHappen() throws Exception {
    Gateway gateway = gateway();
    String port = Integer.toString(port(gateway));
    Process node = start(gateway, "node", "verticles/clients/live-stats.js", port, "50");
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), 1)) {
      awaitPrinted("stats: version 1");
      setWeight(gateway, 7);
      awaitPrinted("event: {\"type\":\"config\"");
      awaitPrinted("stats: version 2");
      Await.until(
          () -> "requests a second are printed: " + printed(),
          () -> printed().matches("(?s).*main/127\\.0\\.0\\.1:\\d+ [1-9]\\d*/s, errors 0\\.0 %.*"),
          LONG);
      assertThat(load.failures()).isEmpty();
      assertThat(node.isAlive()).isTrue();
    } finally {
      node.destroyForcibly();
    }
  }

  @Test
  void nodeSignsWhereTheGatewayHasASecret() throws Exception {
    JsonObject file = new JsonObject(Files.readString(Path.of("conf", "bridge.json")));
    JsonObject bridge = file.getJsonObject("bridge").put("port", 0);
    GatewayConfig config = GatewayConfig.to(upstream((request, c) -> c.reply(200, "")));
    Gateway gateway =
        gateway(config.with("/bridge", bridge).with("/control/secret", Signer.SECRET));
    String[] node = {"node", "verticles/clients/live-stats.js", Integer.toString(port(gateway))};
    assertThat(Await.result(start(gateway, node).onExit(), LONG).exitValue()).isEqualTo(1);
    assertThat(printed()).startsWith("stats: forbidden");
    Process signing = startSigning(gateway, Signer.SECRET, node);
    try {
      awaitPrinted("stats: version 1");
      awaitPrinted("main/127.0.0.1:");
    } finally {
      signing.destroyForcibly();
    }
  }

  @Test
  void nodeEndsWhenItIsNotAllowedToAsk() throws Exception {
    Gateway gateway = bridged("{'outbound': ['weir.events']}");
    String port = Integer.toString(port(gateway));
    Process node = start(gateway, "node", "verticles/clients/live-stats.js", port);
    assertThat(Await.result(node.onExit(), LONG).exitValue()).isEqualTo(1);
    assertThat(printed()).isEqualTo("access_denied\n");
  }

  @Test
  void bashAsks() throws Exception {
    Gateway gateway = gateway();
    String[] ask = {
      "bash", "verticles/clients/bus.sh", "ask", "weir.control", "{\"op\":\"stats\"}"
    };
    assertThat(Await.result(start(gateway, ask).onExit(), LONG).exitValue()).isZero();
    JsonObject frame = new JsonObject(printed());
    assertThat(frame.getJsonObject("body").getBoolean("ready")).isTrue();
    ask[4] = "{\"op\":\"gateway.drain\"}";
    assertThat(Await.result(start(gateway, ask).onExit(), LONG).exitValue()).isEqualTo(1);
    assertThat(printed()).contains("access_denied");
  }

  @Test
  void bashListens() throws Exception {
    Gateway gateway = gateway();
    Process bash = start(gateway, "bash", "verticles/clients/bus.sh", "listen", "weir.events");
    try {
      Await.until(
          "it has registered",
          () -> {
            try {
              return metric(gateway, "frames_total") == 1;
            } catch (java.io.IOException e) {
              throw new AssertionError(e);
            }
          });
      setWeight(gateway, 7);
      awaitPrinted("\"weight\":7");
      setWeight(gateway, 200);
      awaitPrinted("\"weight\":200");
      assertThat(printed().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"type\""));
    } finally {
      bash.destroyForcibly();
    }
  }
}
