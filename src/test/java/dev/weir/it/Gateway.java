package dev.weir.it;

import dev.weir.WeirVerticle;
import dev.weir.cluster.Mesh;
import dev.weir.node.Node;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A started gateway in this JVM, in a Vert.x of its own. */
final class Gateway implements AutoCloseable {
  private static final Pattern ZERO_WITHOUT_CLIENTS =
      Pattern.compile(
          "weir_(in_flight|remote_in_flight|upstream_in_flight|pool_pending|listener_connections)\\b"
              + "|weir_pool_connections\\{.*state=\"(?!idle)");
  private static final Pattern COUNT = Pattern.compile("^\\w+_(total|count|sum|bucket)\\b");
  private static final Duration START_DEADLINE = Duration.ofSeconds(30);
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final boolean shared;
  private final String deployment;
  private final List<Integer> ports;
  private final int adminPort;
  private Gateway behind; // null where one node does everything
  private Future<Void> undeployed;

  private Gateway(Vertx vertx, boolean shared, String deployment, Node node) {
    this.vertx = vertx;
    this.shared = shared;
    this.deployment = deployment;
    this.ports = node.ports().listeners();
    this.adminPort = node.ports().admin();
  }

  /** Starts {@code config}; throws what the deployment failed with, when it did. */
  static Gateway start(GatewayConfig config) {
    return config.scale() == Scale.REMOTE ? startApart(config) : startWhole(config);
  }

  private static Gateway startApart(GatewayConfig config) {
    Gateway behind = start(config.behind(), Apart.behind(), true);
    Gateway front;
    try {
      front = start(config.front(), Apart.front(), true);
    } catch (RuntimeException e) {
      behind.close();
      throw e;
    }
    front.behind = behind;
    Await.until("the nodes know of each other", front::isServed);
    return front;
  }

  private boolean isServed() {
    return Mesh.of(vertx, Node.of(vertx)).offers().size() == 1;
  }

  private static Gateway startWhole(GatewayConfig config) {
    return start(config, config.scale().vertx(), config.scale().isShared());
  }

  /**
   * Starts {@code config} in a Vert.x.
   *
   * @param shared whether that outlives the gateway
   */
  static Gateway start(GatewayConfig config, Vertx vertx, boolean shared) {
    Leaks.watch();
    try {
      DeploymentOptions options = new DeploymentOptions().setConfig(config.json());
      String id = Await.result(vertx.deployVerticle(new WeirVerticle(), options), START_DEADLINE);
      return new Gateway(vertx, shared, id, Node.of(vertx));
    } catch (RuntimeException e) {
      if (!shared) {
        Await.result(vertx.close());
      }
      throw e;
    }
  }

  /** The other node, where there is one. */
  Gateway behind() {
    return behind;
  }

  /** That of the clients. */
  Vertx front() {
    return vertx;
  }

  /** That of the upstream clients. */
  Vertx vertx() {
    return behind == null ? vertx : behind.vertx;
  }

  int port() {
    return port(0);
  }

  /** The port of a listener, by its place in the configuration. */
  int port(int listener) {
    return ports.get(listener);
  }

  RawClient connect() throws IOException {
    return RawClient.connect(port());
  }

  /** The answer of the admin side to a GET: of the node that knows. */
  RawResponse admin(String path) throws IOException {
    boolean clients = path.equals("/ready") || path.equals("/live");
    return behind == null || clients ? ask(path) : behind.ask(path);
  }

  private RawResponse ask(String path) throws IOException {
    try (RawClient client = RawClient.connect(adminPort)) {
      return client.get(path, "Connection: close");
    }
  }

  /**
   * What the gateway counts at this moment, by series: of two nodes the sum, and the greater one of
   * what is no count.
   */
  Map<String, Double> metrics() throws IOException {
    Map<String, Double> series = new TreeMap<>();
    addMetrics(series);
    if (behind != null) {
      behind.addMetrics(series);
    }
    return series;
  }

  private void addMetrics(Map<String, Double> series) throws IOException {
    ask("/metrics")
        .text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int value = line.lastIndexOf(' ');
              double number = Double.parseDouble(line.substring(value + 1));
              String name = line.substring(0, value);
              series.merge(name, number, isCount(name) ? Double::sum : Math::max);
            });
  }

  private static boolean isCount(String series) {
    return COUNT.matcher(series).find();
  }

  /** Gauges that must be zero once no client is connected, and are not. */
  Map<String, Double> leftBehind() {
    Map<String, Double> series = new TreeMap<>();
    addLeftBehind(series);
    if (behind != null) {
      behind.addLeftBehind(series);
    }
    return series;
  }

  private void addLeftBehind(Map<String, Double> series) {
    Map<String, Double> own = new TreeMap<>();
    try {
      addMetrics(own);
    } catch (ConnectException e) {
      return; // The gateway is gone.
    } catch (TruncatedException e) {
      series.put("no answer of the admin side", 1.0); // It may be about to be closed: ask again.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    own.keySet().removeIf(name -> !ZERO_WITHOUT_CLIENTS.matcher(name).lookingAt());
    own.values().removeIf(value -> value == 0);
    own.forEach((name, value) -> series.merge(name, value, Double::sum));
  }

  /** The status of the answer of the admin side to a GET; 0 when there is none. */
  int adminStatus(String path) {
    try {
      return admin(path).status();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Attempts under way at the endpoints of all upstreams; 0 once the gateway is gone. */
  int inFlight() {
    Node node = Node.of(vertx());
    return node == null ? 0 : inFlight(node);
  }

  private static int inFlight(Node node) {
    return node.snapshot().upstreams().values().stream()
        .mapToInt(upstream -> upstream.load().inFlight())
        .sum();
  }

  /** Starts the drain, as a redeployment does. */
  Future<Void> undeploy() {
    if (undeployed == null) {
      undeployed = vertx.undeploy(deployment);
      if (behind != null) {
        undeployed = undeployed.compose(gone -> behind.undeploy());
      }
    }
    return undeployed;
  }

  @Override
  public void close() {
    if (!shared) {
      Await.result(vertx.close(), CLOSE_DEADLINE);
    } else {
      Await.result(undeploy(), CLOSE_DEADLINE);
    }
  }
}
