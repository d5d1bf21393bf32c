package dev.weir.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The product as it is delivered: {@code java -jar target/weir.jar run dev.weir.WeirVerticle --conf
 * …}, or the same from the class path where the jar has not been built.
 */
final class WeirProcess implements AutoCloseable {
  /** How long a process may take to start or to end. */
  static final Duration LONG = Duration.ofSeconds(40);

  private final Process process;
  private final Path output;

  private WeirProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it with {@code config}, whose file is made in {@code directory}. */
  static WeirProcess start(Path directory, GatewayConfig config, String... options)
      throws IOException {
    Path file = directory.resolve("weir.json");
    return start(directory, Files.writeString(file, config.json().encodePrettily()), options);
  }

  /** Starts it with {@code config} as a member of a cluster. */
  static WeirProcess start(
      Path directory, GatewayConfig config, Loopback cluster, int member, String... options)
      throws IOException {
    Path file = directory.resolve("weir.json");
    Files.writeString(file, config.json().encodePrettily());
    Path hazelcast = Files.writeString(directory.resolve("cluster.xml"), cluster.xml(member));
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Dvertx.hazelcast.config=" + hazelcast);
    List<String> command = program(all.toArray(String[]::new));
    command.addAll(List.of("run", "dev.weir.WeirVerticle", "--conf", file.toString()));
    command.addAll(List.of("--cluster", "--cluster-host", "127.0.0.1"));
    return start(directory, command);
  }

  /** Starts it with the configuration in {@code file}, the JVM with {@code options}. */
  static WeirProcess start(Path directory, Path file, String... options) throws IOException {
    List<String> command = program(options);
    command.addAll(List.of("run", "dev.weir.WeirVerticle", "--conf", file.toString()));
    return start(directory, command);
  }

  private static WeirProcess start(Path directory, List<String> command) throws IOException {
    return start(directory.resolve("output"), new ProcessBuilder(command));
  }

  /** Starts any program that prints to {@code output}. */
  static WeirProcess start(Path output, ProcessBuilder program) throws IOException {
    Process process = program.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    return new WeirProcess(process, output);
  }

  private static List<String> program(String... options) {
    String jar = System.getProperty("weir.jar");
    if (jar == null || !Files.exists(Path.of(jar))) {
      List<String> command = GatewayProcess.java(options);
      command.add("dev.weir.WeirLauncher");
      return command;
    }
    List<String> command = new ArrayList<>(List.of(GatewayProcess.program()));
    command.addAll(List.of(options));
    command.addAll(List.of("-jar", jar));
    return command;
  }

  /** Waits until it listens on {@code port}. */
  void awaitListening(int port) {
    Await.until(() -> "it listens: " + output(), () -> listens(port), LONG);
  }

  private boolean listens(int port) {
    if (!process.isAlive()) {
      throw new AssertionError("it has ended: " + output());
    }
    return isOpen(port);
  }

  /** Whether anybody listens on {@code port}. */
  static boolean isOpen(int port) {
    try (RawClient client = RawClient.connect(port)) {
      return client.localPort() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until it has printed {@code text}. */
  void awaitOutput(String text) {
    Await.until(
        () -> "it prints " + text + ": " + output(),
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("it has ended: " + output());
          }
          return output().contains(text);
        },
        LONG);
  }

  /** Sends a line to its standard input. */
  void type(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** The time that its threads have worked for, all together. */
  long cpuNanos() {
    return process.info().totalCpuDuration().orElseThrow().toNanos();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end and returns its status. */
  int awaitExit() {
    return Await.result(process.onExit(), LONG).exitValue();
  }

  /** All that it has printed. */
  String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    Await.result(process.onExit(), LONG);
  }
}
