package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user types where the distribution is unpacked. */
@Timeout(120)
class CommandLineIT extends GatewaySuite {
  private static final String SMALL = "-Xmx128m";

  @TempDir static Path unpacked;
  private static Distribution distribution;

  @TempDir Path directory;
  private int port;
  private int adminPort;

  @BeforeAll
  static void unpack() throws IOException {
    distribution = Distribution.unpack(unpacked);
  }

  @BeforeEach
  void choosePorts() throws IOException {
    port = Ports.unused();
    adminPort = Ports.unused();
  }

  private Path file(GatewayConfig config) throws IOException {
    config.listener("port", port).with("/admin/port", adminPort);
    return Files.writeString(directory.resolve("weir.json"), config.json().encode());
  }

  private ScriptedUpstream named(String name) throws IOException {
    return upstream((request, c) -> c.reply(200, name));
  }

  private String in(Loopback cluster, int member) throws IOException {
    Path file = directory.resolve("cluster" + member + ".xml");
    return SMALL + " -Dvertx.hazelcast.config=" + Files.writeString(file, cluster.xml(member));
  }

  @Test
  void runStartsAGatewayAndAVerticleInGroovyInOneCluster() throws Exception {
    Loopback cluster = new Loopback(2);
    JsonObject balancer = new JsonObject().put("policy", "bus:my.balancer");
    Path conf =
        file(GatewayConfig.to(named("a"), named("b")).with("/upstreams/main/balancer", balancer));
    try (WeirProcess gateway =
            distribution.vertx(
                in(cluster, 0),
                "run",
                "dev.weir.WeirVerticle",
                "--conf",
                conf.toString(),
                "--cluster");
        WeirProcess groovy =
            distribution.vertx(
                in(cluster, 1), "run", "verticles/least-loaded.groovy", "--cluster")) {
      gateway.awaitListening(port);
      RawClient client = client(port);
      Await.until(
          () -> "the verticle picks: " + groovy.output() + gateway.output(),
          () -> get(client) == 200 && picked() > 0,
          WeirProcess.LONG);
    }
  }

  private static int get(RawClient client) {
    try {
      return client.get("/").status();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private double picked() {
    String series = "\nweir_balancer_remote_total{result=\"picked\",upstream=\"main\"} ";
    try (RawClient admin = RawClient.connect(adminPort)) {
      String metrics = admin.get("/metrics", "Connection: close").text();
      int at = metrics.indexOf(series);
      int value = at + series.length();
      return at < 0
          ? 0
          : Double.parseDouble(metrics.substring(value, metrics.indexOf('\n', value)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void startLeavesAGatewayBehindThatListShowsAndStopEnds() throws Exception {
    String id = "weir-" + UUID.randomUUID();
    String conf = file(GatewayConfig.to(named("a"))).toString();
    try {
      String started =
          distribution.answer("start", "dev.weir.WeirVerticle", "--conf", conf, "--vertx-id=" + id);
      assertThat(started).contains(id);
      Await.until(() -> "it listens", () -> WeirProcess.isOpen(port), WeirProcess.LONG);
      assertThat(client(port).get("/").text()).isEqualTo("a");
      assertThat(distribution.answer("list")).contains(id + "\tdev.weir.WeirVerticle");
      distribution.answer("stop", id);
      Await.until(() -> "it has ended", () -> !isRunning(id), WeirProcess.LONG);
      assertThat(WeirProcess.isOpen(port)).isFalse();
    } finally {
      ProcessHandle.allProcesses().filter(each -> has(each, id)).forEach(ProcessHandle::destroy);
    }
  }

  private static boolean isRunning(String id) {
    return ProcessHandle.allProcesses().anyMatch(each -> has(each, id));
  }

  private static boolean has(ProcessHandle process, String id) {
    return process.info().commandLine().orElse("").contains("-Dvertx.id=" + id);
  }
}
