package dev.weir;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts a gateway on the loopback interface, has it answer a request and show its numbers, and
 * ends the process: 0 when that went well. The JVM can write down what it has loaded for it, with
 * {@code -XX:ArchiveClassesAtExit=FILE}, and later start with {@code -XX:SharedArchiveFile=FILE}.
 */
public final class WeirRehearsal {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private WeirRehearsal() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer service = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    service.createContext("/", request -> request.sendResponseHeaders(204, -1));
    service.start();
    int port = unused(loopback);
    int admin = unused(loopback);
    Path conf = Files.createTempFile("weir-rehearsal", ".json");
    Files.writeString(conf, configuration(port, admin, service.getAddress().getPort()).encode());
    boolean answered;
    try {
      WeirLauncher.main(
          new String[] {"run", WeirVerticle.class.getName(), "--conf", conf.toString()});
      answered = answers(port, "/") && answers(admin, "/metrics");
    } finally {
      Files.delete(conf);
    }
    System.exit(answered ? 0 : 1);
  }

  private static int unused(InetAddress address) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.getLocalPort();
    }
  }

  private static JsonObject configuration(int port, int admin, int service) {
    JsonObject address = new JsonObject().put("host", "127.0.0.1");
    JsonObject route = new JsonObject().put("id", "all").put("upstream", "service");
    JsonObject upstream =
        new JsonObject()
            .put("endpoints", JsonArray.of(address.copy().put("port", service)))
            .put("circuitBreaker", new JsonObject())
            .put("outlier", new JsonObject())
            .put("health", new JsonObject().put("mode", "hybrid"));
    return new JsonObject()
        .put("ingress", JsonArray.of(address.copy().put("port", port)))
        .put("routes", JsonArray.of(route))
        .put("upstreams", new JsonObject().put("service", upstream))
        .put("admin", address.copy().put("port", admin));
  }

  /** Whether a GET gets a 2xx before patience is at its end. */
  private static boolean answers(int port, String path) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() - deadline < 0) {
      try {
        URI target = URI.create("http://127.0.0.1:" + port + path);
        HttpURLConnection request = (HttpURLConnection) target.toURL().openConnection();
        request.setConnectTimeout(TIMEOUT_MILLIS);
        request.setReadTimeout(TIMEOUT_MILLIS);
        if (request.getResponseCode() / 100 == 2) {
          return true;
        }
      } catch (IOException e) {
        LockSupport.parkNanos(PAUSE_NANOS); // Not listening yet.
      }
    }
    return false;
  }
}
