package dev.weir.node;

import dev.weir.config.EndpointConfig;
import dev.weir.config.WeirConfig;
import dev.weir.replica.Entry;
import dev.weir.replica.Replica;
import io.vertx.core.Vertx;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Puts the configurations of a replica in force on a node, and tells those who follow them. */
final class Configuration implements Replica.Installer {

  private static final Logger LOG = LoggerFactory.getLogger(Configuration.class);

  private final Vertx vertx;
  private final Node node;
  private final List<Consumer<WeirConfig>> listeners = new CopyOnWriteArrayList<>();
  private final ViewVersions views = new ViewVersions();
  private volatile Snapshot snapshot;
  private volatile boolean inForce;

  /**
   * @param config what the node was started with
   */
  Configuration(Vertx vertx, Node node, WeirConfig config) {
    this.vertx = vertx;
    this.node = node;
    snapshot = Snapshot.first(config, 1);
    snapshot.upstreams().keySet().forEach(views::configured);
  }

  Snapshot snapshot() {
    return snapshot;
  }

  ViewVersions views() {
    return views;
  }

  void listen(Consumer<WeirConfig> listener) {
    listeners.add(listener);
  }

  /** The node has joined. Nothing is sent to what was there before that. */
  void inForce() {
    inForce = true;
  }

  @Override
  public synchronized void install(WeirConfig config, long version, Entry change) {
    Map<String, List<EndpointConfig>> announced = snapshot.announced();
    install(
        inForce
            ? snapshot.next(config, version, announced, System.nanoTime())
            : snapshot.renewed(config, version, announced));
    if (change != null) {
      report(change);
    } else if (inForce) {
      node.journal().append(new JsonObject().put("op", "catch-up").put("version", version));
    }
  }

  /** Puts the endpoints that have announced themselves beside those of the configuration. */
  synchronized void announced(Map<String, List<EndpointConfig>> announced) {
    if (!announced.equals(snapshot.announced())) {
      Snapshot seen = snapshot;
      install(seen.next(seen.config(), seen.version(), announced, System.nanoTime()));
    }
  }

  private void install(Snapshot next) {
    Snapshot before = snapshot;
    snapshot = next;
    before.changedSince(next).stream()
        .map(Upstream::name)
        .filter(name -> !next.upstreams().containsKey(name))
        .forEach(views::gone);
    next.changedSince(before).forEach(upstream -> views.configured(upstream.name()));
    WeirConfig whole = next.whole();
    EndpointStates.tell(vertx, "");
    listeners.forEach(listener -> listener.accept(whole));
  }

  private void report(Entry change) {
    JsonObject details = change.details().copy();
    long version = change.head().version();
    LOG.info("Configuration version " + version + " by " + change.node() + ": " + details.encode());
    node.journal().append(change.summary());
    if (change.node().equals(node.id())) {
      details.put("version", version).put("changes", new JsonArray(change.delta().paths()));
      Events.publish(vertx, node, "config", details);
    }
  }
}
