package dev.weir.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link GatewayMain} that was started with limits. */
final class GatewayProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final Writer in;
  private final int port;

  private GatewayProcess(Process process) throws IOException {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.US_ASCII);
    this.in = process.outputWriter(StandardCharsets.US_ASCII);
    this.port = Integer.parseInt(line());
  }

  /** Starts a JVM with {@code options} whose files are in {@code directory}. */
  static GatewayProcess start(GatewayConfig config, Path directory, String... options)
      throws IOException {
    Path file = Files.writeString(directory.resolve("weir.json"), config.json().encode());
    List<String> command = java(options);
    command.addAll(List.of(GatewayMain.class.getName(), file.toString()));
    return new GatewayProcess(
        new ProcessBuilder(command).redirectError(directory.resolve("err").toFile()).start());
  }

  /**
   * The start of a command: this JVM's program, {@code options} and the class path of the tests.
   */
  static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(program());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return command;
  }

  /** The {@code java} that runs this test. */
  static String program() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the gateway's process has ended");
    }
    return line;
  }

  int port() {
    return port;
  }

  /** What the gateway uses at this moment, after a garbage collection. */
  Memory memory() throws IOException {
    in.write("?\n");
    in.flush();
    String[] numbers = line().split(" ");
    return new Memory(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
  }

  @Override
  public void close() throws IOException {
    try {
      in.close();
      Await.result(process.onExit(), Await.PATIENCE);
    } finally {
      process.destroyForcibly();
    }
  }
}
