package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Signer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user types where the distribution is unpacked. */
@Timeout(240)
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

  @Test
  void shippedFilesMakeAClusterThatACanaryOperates() throws Exception {
    distribution.nameCluster();
    ScriptedUpstream tried = named("b");
    GatewayConfig config =
        GatewayConfig.to(named("a"), tried)
            .with("/control/secret", Signer.SECRET)
            .with("/upstreams/main/balancer/policy", "weighted-round-robin");
    int otherPort = Ports.unused();
    try (WeirProcess first = run(file(config))) {
      first.awaitListening(port);
      Path second = directory.resolve("second.json");
      config.listener("port", otherPort).with("/admin/port", Ports.unused());
      try (WeirProcess other = run(Files.writeString(second, config.json().encode()))) {
        other.awaitListening(otherPort);
        JsonObject conf =
            new JsonObject()
                .put("upstream", "main")
                .put("endpoint", "127.0.0.1:" + tried.port())
                .put("secret", Signer.SECRET)
                .put("steps", JsonArray.of(3, 7))
                .put("stepMillis", 300)
                .put("minRequests", 5);
        try (WeirProcess canary = run("verticles/canary.groovy", "--conf", conf.encode())) {
          RawClient one = client(port);
          RawClient two = client(otherPort); // It judges by what all nodes see.
          Await.until(
              () -> "it leads the endpoint in: " + canary.output() + first.output(),
              () -> get(one) + get(two) == 400 && canary.output().contains("promoted"),
              WeirProcess.LONG.multipliedBy(2));
        }
        assertThat(value("weir_cluster_nodes")).isEqualTo(2);
        JsonObject list = new JsonObject().put("op", "endpoint.list");
        JsonObject asked = new JsonObject().put("command", list).put("secret", Signer.SECRET);
        try (WeirProcess operate = run("verticles/operate.groovy", "--conf", asked.encode())) {
          Await.until(
              () -> "it prints the answer: " + operate.output(),
              () -> operate.output().contains("\"weight\" : 7"),
              WeirProcess.LONG.multipliedBy(2));
        }
      }
    }
  }

  private WeirProcess run(Path conf) throws IOException {
    return run("dev.weir.WeirVerticle", "--conf", conf.toString());
  }

  private WeirProcess run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("run"));
    command.addAll(List.of(arguments));
    command.add("--cluster");
    return distribution.vertx(SMALL, command.toArray(String[]::new));
  }

  private static int get(RawClient client) {
    try {
      return client.get("/").status();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private double picked() {
    return value("weir_balancer_remote_total{result=\"picked\",upstream=\"main\"}");
  }

  private double value(String name) {
    String series = "\n" + name + " ";
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

  @Test
  void gatewayTakesItsClassesFromTheArchiveThatArchiveWrites() throws Exception {
    distribution.answer("archive");
    Path loaded = directory.resolve("loaded.log");
    String logging = "-Xlog:class+load:file=" + loaded;
    String conf = file(GatewayConfig.to(named("a"))).toString();
    try (WeirProcess gateway =
        distribution.vertx(logging, "run", "dev.weir.WeirVerticle", "--conf", conf)) {
      gateway.awaitListening(port);
      assertThat(client(port).get("/").text()).isEqualTo("a");
      assertThat(gateway.output()).doesNotContain("[warning]");
    }
    for (String each :
        List.of("dev.weir.WeirVerticle", "io.netty.channel.DefaultChannelPipeline")) {
      assertThat(Files.readAllLines(loaded))
          .anyMatch(line -> line.contains(each + " source: shared objects file (top)"));
    }
  }

  private static boolean isRunning(String id) {
    return ProcessHandle.allProcesses().anyMatch(each -> has(each, id));
  }

  private static boolean has(ProcessHandle process, String id) {
    return process.info().commandLine().orElse("").contains("-Dvertx.id=" + id);
  }
}
