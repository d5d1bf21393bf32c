package dev.weir.cluster;

import dev.weir.bus.Addresses;
import dev.weir.config.ClusterConfig;
import dev.weir.config.ConfigException;
import dev.weir.node.Events;
import dev.weir.node.Node;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * This node's place among the nodes of the cluster. It says at {@link Addresses#CLUSTER} that it
 * lives and what has changed on its {@link Page}, and hears the same of the others. Who has missed
 * a change asks for the page.
 *
 * <p>It is started and stopped by the health verticle and runs on its event loop.
 */
public final class Mesh {

  /** Hears what other nodes do. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Called on the event loop of the health verticle.
     *
     * @param upstream of which somebody says something else than before; {@code null} when it may
     *     be any
     * @param endpoint the one of its endpoints; {@code null} when it may be any
     */
    void changed(String upstream, String endpoint);

    /**
     * Another node has told something. Called on the event loop of the health verticle.
     *
     * @param news as it was given to {@link Mesh#tell(JsonObject)}, if it comes from one of Weir
     */
    default void told(JsonObject news) {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(Mesh.class);

  /** How often in a heartbeat it looks whether somebody is gone. */
  private static final int LOOKS = 4;

  private final Vertx vertx;
  private final Node node;
  private final ClusterConfig config;
  private final ClusterManager manager;
  private final Members members;
  private final Board board;
  private final Set<String> asked = new HashSet<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile List<String> ids;
  private volatile Context context;
  private MessageConsumer<Object> beats;
  private MessageConsumer<Object> questions;
  private long timer;
  private int looks;

  private Mesh(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
    config = node.snapshot().config().cluster();
    manager = vertx.isClustered() ? ((VertxInternal) vertx).clusterManager() : null;
    members = new Members(node.id(), TimeUnit.MILLISECONDS.toNanos(config.memberTimeoutMillis()));
    board = new Board(node.id(), members::ids);
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

  /** Whether it is started, and clustered. Any thread may ask. */
  public boolean running() {
    return context != null;
  }

  /** Adds one who hears of changes. Any thread may do so. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Undoes one {@link #listen}. */
  public void forget(Listener listener) {
    listeners.remove(listener);
  }

  /** Begins, on the event loop of the caller. */
  public Future<Void> start() {
    if (!clustered()) {
      return Future.succeededFuture();
    }
    context = vertx.getOrCreateContext();
    beats = vertx.eventBus().consumer(Addresses.CLUSTER, this::hear);
    questions =
        vertx
            .eventBus()
            .consumer(Addresses.CLUSTER + "." + node.id(), ask -> ask.reply(board.own().toJson()));
    return Future.all(beats.completion(), questions.completion())
        .onSuccess(
            registered -> {
              timer = vertx.setPeriodic(config.heartbeatMillis() / LOOKS, tick -> look());
              publish(Beat.LIVES, null);
            })
        .mapEmpty();
  }

  /** Ends, and says so. */
  public Future<Void> stop() {
    if (!clustered()) {
      return Future.succeededFuture();
    }
    vertx.cancelTimer(timer);
    publish(Beat.LEAVES, null);
    context = null;
    return Future.join(beats.unregister(), questions.unregister()).mapEmpty();
  }

  /**
   * Says which upstreams this node shares the health of.
   *
   * @param fingerprints by name; nodes share what has the same one
   */
  public void share(Map<String, String> fingerprints) {
    if (clustered() && board.share(fingerprints)) {
      if (context != null) {
        publish(Beat.LIVES, null);
      }
      changed();
    }
  }

  /**
   * Says a word, or takes it back. Any thread may do so.
   *
   * @param holds whether this node thinks so from now on
   */
  public void say(Word word, boolean holds) {
    run(() -> say(new Change(word, holds)));
  }

  /** At once when this is the event loop; never when nothing is started. */
  private void run(Runnable task) {
    Context own = context;
    if (own != null && own == Vertx.currentContext()) {
      task.run();
    } else if (own != null) {
      own.runOnContext(turn -> task.run());
    }
  }

  private void say(Change change) {
    if (board.say(change)) {
      publish(Beat.LIVES, change);
      changed(change.word());
    }
  }

  /**
   * Tells the other nodes something, once: who misses it does not hear of it again. Any thread may
   * do so.
   */
  public void tell(JsonObject news) {
    run(() -> publish(beat(Beat.LIVES, null, news)));
  }

  /** The nodes that share the health of an upstream, this one among them. */
  public List<String> group(String upstream) {
    return board.group(upstream);
  }

  /** What the nodes of a {@link #group} say of an endpoint. */
  public Opinion opinion(List<String> group, String upstream, String endpoint) {
    return board.opinion(group, upstream, endpoint);
  }

  private Beat beat(String state, Change change, JsonObject news) {
    return new Beat(node.id(), manager.getNodeId(), state, board.own().revision(), change, news);
  }

  private void publish(String state, Change change) {
    publish(beat(state, change, null));
  }

  private void publish(Beat beat) {
    vertx.eventBus().publish(Addresses.CLUSTER, beat.toJson(node.snapshot().version()));
  }

  private void look() {
    gone(members.retain(manager.getNodes()), "lost");
    gone(members.expire(System.nanoTime()), "silent");
    if (++looks % LOOKS == 0) {
      publish(Beat.LIVES, null);
    }
  }

  private void hear(Message<Object> message) {
    try {
      if (message.body() instanceof JsonObject json) {
        Beat beat = Beat.of(json);
        if (!beat.node().equals(node.id())) {
          hear(beat);
        }
      }
    } catch (ConfigException e) {
      LOG.warn("Not a heartbeat: " + e.getMessage());
    }
  }

  private void hear(Beat beat) {
    if (beat.state().equals(Beat.LEAVES)) {
      gone(members.left(beat.node()) ? List.of(beat.node()) : List.of(), "left");
      return;
    }
    if (members.heard(beat.node(), beat.member(), System.nanoTime())) {
      report(beat.node(), "joined");
      publish(Beat.LIVES, null); // Or it would not hear of this node before the next heartbeat.
    }
    if (!board.heard(beat.node(), beat.revision(), beat.change())) {
      ask(beat.node());
    } else if (beat.change() != null) {
      changed(beat.change().word());
    }
    if (beat.news() != null) {
      listeners.forEach(listener -> listener.told(beat.news()));
    }
  }

  private void ask(String id) {
    if (!asked.add(id)) {
      return;
    }
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(config.memberTimeoutMillis());
    vertx
        .eventBus()
        .<JsonObject>request(Addresses.CLUSTER + "." + id, new JsonObject(), options)
        .map(answer -> Page.of(answer.body()))
        .onComplete(
            page -> {
              asked.remove(id);
              if (members.ids().contains(id)) {
                board.take(id, page);
                changed();
              }
            },
            failure -> asked.remove(id)); // Its next heartbeat is an occasion to ask again.
  }

  private void gone(List<String> nodes, String state) {
    for (String id : nodes) {
      board.forget(id);
      report(id, state);
    }
    if (!nodes.isEmpty()) {
      changed();
    }
  }

  private void changed(Word word) {
    listeners.forEach(listener -> listener.changed(word.upstream(), word.endpoint()));
  }

  private void changed() {
    listeners.forEach(listener -> listener.changed(null, null));
  }

  private void report(String id, String state) {
    ids = members.ids();
    LOG.info("Node " + id + " " + state + "; nodes: " + ids.size());
    JsonObject event = new JsonObject().put("member", id).put("state", state);
    Events.publish(vertx, node, "member", event.put("members", ids.size()));
  }
}
