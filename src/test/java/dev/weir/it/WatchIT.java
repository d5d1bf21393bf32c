package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.node.Node;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file or directory changes the configuration while the gateway runs. */
class WatchIT extends GatewaySuite {
  @TempDir Path directory;

  private Path file;
  private GatewayConfig config;
  private Operated node;

  private ScriptedUpstream named(String name) throws IOException {
    return upstream((request, c) -> c.reply(200, name));
  }

  private void start() throws IOException {
    file = directory.resolve("weir.json");
    config =
        GatewayConfig.to(named("first"))
            .with("/watch/path", file.toString())
            .with("/watch/intervalMillis", 100)
            .scale(scale());
    write(config.json().encode());
    node = Operated.listen(gateway(config));
  }

  private void write(String content) throws IOException {
    write(file, content);
  }

  /** In one step: whoever looks in between sees the whole of the old content or of the new one. */
  private void write(Path to, String content) throws IOException {
    Path whole = Files.writeString(directory.resolve("whole.new"), content);
    Files.move(whole, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private long version() {
    return Node.of(node.gateway().vertx()).snapshot().version();
  }

  private void awaitVersion(long version) {
    Await.until(
        () -> "version " + version + ", not " + version(),
        () -> version() == version,
        Await.PATIENCE);
  }

  private String answer() throws IOException {
    return client().get("/").text();
  }

  private boolean answers(String who) {
    try {
      return answer().equals(who);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonObject rejection(int number) {
    Await.until("it is rejected", () -> node.events("config-rejected").size() == number);
    return node.events("config-rejected").get(number - 1);
  }

  @Test
  void whatIsWritten_isInForce() throws Exception {
    start();
    assertThat(answer()).isEqualTo("first");
    ScriptedUpstream second = named("second");
    write(config.with("/upstreams/main", GatewayConfig.upstream(second.port())).json().encode());
    awaitVersion(2);
    Await.until("the lanes follow", () -> answers("second"));
    Await.until("its event is heard", () -> node.events("config").size() == 1);
    JsonObject event = node.events("config").get(0);
    assertThat(event.getString("op")).isEqualTo("watch");
    assertThat(event.getString("path")).isEqualTo(file.toString());
    assertThat(event.getJsonArray("changes")).containsExactly("/upstreams/main");
  }

  @Test
  void whatIsNotValid_changesNothingAndIsReportedOnce() throws Exception {
    start();
    write("{\"routes\": [");
    assertThat(rejection(1).getString("path")).isEqualTo(file.toString());
    write("{}");
    rejection(2);
    write(config.json().put("typo", 1).put("more", 2).encode());
    assertThat(rejection(3).getJsonArray("problems")).hasSize(2).allMatch(WatchIT::isOfAKey);
    JsonObject other = new JsonObject().put("host", "127.0.0.1").put("port", 1);
    write(config.json().put("admin", other).encode());
    assertThat(rejection(4).getJsonArray("problems").getString(0)).startsWith("/admin");
    assertThat(answer()).isEqualTo("first");
    write(config.with("/upstreams/main/endpoints/0/weight", 3).json().encode());
    awaitVersion(2);
    assertThat(node.events("config-rejected")).hasSize(4);
    assertThat(node.gateway().metrics()).containsEntry("weir_config_rejected_total", 4.0);
  }

  private static boolean isOfAKey(Object problem) {
    return List.of("/typo", "/more").stream().anyMatch(problem.toString()::startsWith);
  }

  @Test
  void whatACommandChanged_staysUntilTheFileIsChanged() throws Exception {
    start();
    String endpoint = node.endpoint(0).getString("endpoint");
    node.command("endpoint.weight", "endpoint", endpoint, "weight", 9);
    write(config.json().encodePrettily());
    write(config.with("/upstreams/main/endpoints/0/weight", 3).json().encode());
    awaitVersion(3);
    assertThat(node.endpoint(0).getInteger("weight")).isEqualTo(3);
  }

  @Test
  void filesOfADirectory_arePutTogether() throws Exception {
    Path parts = Files.createDirectory(directory.resolve("parts"));
    ScriptedUpstream first = named("first");
    GatewayConfig own = GatewayConfig.to(first);
    own.with("/watch/path", parts.toString()).with("/watch/intervalMillis", 100);
    Files.writeString(
        parts.resolve("10-routes.json"),
        new JsonObject().put("routes", own.json().getValue("routes")).encode());
    Files.writeString(parts.resolve("20-main.json"), upstream(first.port()));
    node = Operated.listen(gateway(own));
    assertThat(version()).isEqualTo(1);
    ScriptedUpstream second = named("second");
    write(parts.resolve("20-main.json"), upstream(second.port()));
    awaitVersion(2);
    Await.until("the lanes follow", () -> answers("second"));
    write(parts.resolve("30-more.json"), "{\"upstreams\": 1}");
    rejection(1);
    assertThat(answer()).isEqualTo("second");
  }

  private static String upstream(int port) {
    JsonObject main = new JsonObject().put("main", GatewayConfig.upstream(port));
    return new JsonObject().put("upstreams", main).encode();
  }

  @Test
  void whatIsNotThere_failsTheStart() {
    String missing = directory.resolve("missing.json").toString();
    GatewayConfig bad = GatewayConfig.to(9).with("/watch/path", missing);
    assertThat(catchThrowable(() -> gateway(bad))).hasMessageContaining(missing);
  }
}
