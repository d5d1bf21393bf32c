package dev.weir.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A {@link ServiceMain} that was started; it may be killed and started again on its port. */
final class ServiceProcess implements AutoCloseable {
  private final int port;
  private Process process;

  ServiceProcess() throws IOException {
    port = Ports.unused();
    start();
  }

  /** Starts it, and waits until it listens. */
  void start() throws IOException {
    List<String> command =
        GatewayProcess.java("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m");
    command.addAll(List.of(ServiceMain.class.getName(), Integer.toString(port)));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String line = process.inputReader(StandardCharsets.US_ASCII).readLine();
    if (!Integer.toString(port).equals(line)) {
      throw new IOException("the service did not start, it said " + line);
    }
  }

  int port() {
    return port;
  }

  /** Sends SIGKILL, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    Await.result(process.onExit(), Await.PATIENCE);
  }

  @Override
  public void close() {
    kill();
  }
}
