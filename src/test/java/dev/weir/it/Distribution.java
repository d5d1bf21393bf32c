package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The distribution, unpacked, and its {@code vertx} command as a user types it there. */
final class Distribution {
  private final AtomicInteger commands = new AtomicInteger();
  private final Path home;
  private final Path outputs;

  private Distribution(Path home, Path outputs) {
    this.home = home;
    this.outputs = outputs;
  }

  /** Unpacks what {@code mvn package} has made. */
  static Distribution unpack(Path directory) throws IOException {
    Path archive = Path.of(System.getProperty("weir.dist", "target/no-dist.tar.gz"));
    assertThat(archive).as("what mvn package makes").exists();
    ProcessBuilder tar = new ProcessBuilder("tar", "xzf", archive.toAbsolutePath().toString());
    try (WeirProcess unpacking =
        WeirProcess.start(directory.resolve("tar.out"), tar.directory(directory.toFile()))) {
      assertThat(unpacking.awaitExit()).as(unpacking.output()).isZero();
    }
    try (var unpacked = Files.newDirectoryStream(directory, "weir-*")) {
      return new Distribution(unpacked.iterator().next(), directory);
    }
  }

  /** Gives the cluster that {@code conf/cluster.xml} describes a name that no other one has. */
  void nameCluster() throws IOException {
    Path file = home.resolve("conf/cluster.xml");
    String shipped = Files.readString(file);
    String name = "<cluster-name>weir</cluster-name>";
    assertThat(shipped).contains(name);
    Files.writeString(file, shipped.replace(">weir<", ">" + UUID.randomUUID() + "<"));
  }

  /**
   * Runs {@code bin/vertx} where the distribution is.
   *
   * @param javaOptions what is in the environment as {@code JAVA_OPTS}
   */
  WeirProcess vertx(String javaOptions, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("bin/vertx"));
    command.addAll(List.of(arguments));
    ProcessBuilder program = new ProcessBuilder(command).directory(home.toFile());
    Map<String, String> environment = program.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_OPTS", javaOptions);
    return WeirProcess.start(outputs.resolve("output" + commands.incrementAndGet()), program);
  }

  /** Runs a command that ends by itself; returns what it has printed. */
  String answer(String... arguments) throws IOException {
    try (WeirProcess process = vertx("", arguments)) {
      assertThat(process.awaitExit()).as(process.output()).isZero();
      return process.output();
    }
  }
}
