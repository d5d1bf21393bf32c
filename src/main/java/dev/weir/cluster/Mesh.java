package dev.weir.cluster;

import dev.weir.bus.Addresses;
import dev.weir.config.ClusterConfig;
import dev.weir.config.ConfigException;
import dev.weir.node.Events;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * This node's place among the nodes of the cluster. It says at {@link Addresses#CLUSTER} that it
 * lives, and hears who else does.
 *
 * <p>It is started and stopped by the health verticle and runs on its event loop.
 */
public final class Mesh {

  private static final Logger LOG = LoggerFactory.getLogger(Mesh.class);

  /** How often in a heartbeat it looks whether somebody is gone. */
  private static final int LOOKS = 4;

  private final Vertx vertx;
  private final Node node;
  private final ClusterConfig config;
  private final ClusterManager manager;
  private final Members members;
  private volatile List<String> ids;
  private MessageConsumer<Object> beats;
  private long timer;
  private int looks;

  private Mesh(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
    config = node.snapshot().config().cluster();
    manager = vertx.isClustered() ? ((VertxInternal) vertx).clusterManager() : null;
    members = new Members(node.id(), TimeUnit.MILLISECONDS.toNanos(config.memberTimeoutMillis()));
    ids = members.ids();
  }

  /** The place of this node. */
  public static Mesh of(Vertx vertx, Node node) {
    return node.shared(Mesh.class, () -> new Mesh(vertx, node));
  }

  /** Whether there may be others. */
  public boolean clustered() {
    return manager != null;
  }

  /**
   * The ids of the nodes that live, this one's among them, in the same order on every node. Any
   * thread may ask.
   */
  public List<String> members() {
    return ids;
  }

  /** Begins, on the event loop of the caller. */
  public Future<Void> start() {
    if (!clustered()) {
      return Future.succeededFuture();
    }
    beats = vertx.eventBus().consumer(Addresses.CLUSTER, this::hear);
    return beats
        .completion()
        .onSuccess(
            registered -> {
              timer = vertx.setPeriodic(config.heartbeatMillis() / LOOKS, tick -> look());
              publish(Beat.LIVES);
            });
  }

  /** Ends, and says so. */
  public Future<Void> stop() {
    if (!clustered()) {
      return Future.succeededFuture();
    }
    vertx.cancelTimer(timer);
    publish(Beat.LEAVES);
    return beats.unregister();
  }

  private void publish(String state) {
    JsonObject beat =
        new Beat(node.id(), manager.getNodeId(), state).toJson(node.snapshot().version());
    vertx.eventBus().publish(Addresses.CLUSTER, beat);
  }

  private void look() {
    gone(members.retain(manager.getNodes()), "lost");
    gone(members.expire(System.nanoTime()), "silent");
    if (++looks % LOOKS == 0) {
      publish(Beat.LIVES);
    }
  }

  private void hear(Message<Object> message) {
    try {
      if (message.body() instanceof JsonObject json) {
        hear(Beat.of(json));
      }
    } catch (ConfigException e) {
      LOG.warn("Not a heartbeat: " + e.getMessage());
    }
  }

  private void hear(Beat beat) {
    if (beat.state().equals(Beat.LEAVES)) {
      gone(members.left(beat.node()) ? List.of(beat.node()) : List.of(), "left");
    } else if (members.heard(beat.node(), beat.member(), System.nanoTime())) {
      changed(beat.node(), "joined");
      publish(Beat.LIVES); // Or it would not hear of this node before the next heartbeat.
    }
  }

  private void gone(List<String> nodes, String state) {
    nodes.forEach(id -> changed(id, state));
  }

  private void changed(String id, String state) {
    ids = members.ids();
    LOG.info("Node " + id + " " + state + "; nodes: " + ids.size());
    JsonObject event = new JsonObject().put("member", id).put("state", state);
    Events.publish(vertx, node, "member", event.put("members", ids.size()));
  }
}
