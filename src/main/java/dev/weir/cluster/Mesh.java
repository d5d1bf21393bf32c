package dev.weir.cluster;

import dev.weir.bus.Addresses;
import dev.weir.config.ClusterConfig;
import dev.weir.config.ConfigException;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
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

    /** Another node has joined. Called on the event loop of the health verticle. */
    default void joined(String node) {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(Mesh.class);

  /** How often in a heartbeat it looks whether somebody is gone. */
  private static final int LOOKS = 4;

  private final String self;
  private final long heartbeatMillis;
  private final Wire wire;
  private final Members members;
  private final Board board;
  private final Set<String> asked = new HashSet<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile List<String> ids;
  private volatile Map<String, Offer> offers = Map.of();
  private volatile Offer offer = Offer.NONE;
  private volatile boolean running;
  private int looks;

  /**
   * @param self the id of this node
   * @param wire {@code null} where there are no others
   */
  Mesh(String self, ClusterConfig config, Wire wire) {
    this.self = self;
    this.wire = wire;
    heartbeatMillis = config.heartbeatMillis();
    members = new Members(self, TimeUnit.MILLISECONDS.toNanos(config.memberTimeoutMillis()));
    board = new Board(self, members::ids);
    ids = members.ids();
  }

  /** The place of this node. */
  public static Mesh of(Vertx vertx, Node node) {
    return node.shared(Mesh.class, () -> make(vertx, node));
  }

  private static Mesh make(Vertx vertx, Node node) {
    ClusterConfig config = node.snapshot().config().cluster();
    boolean clustered = vertx.isClustered();
    Wire wire = clustered ? new VertxWire(vertx, node, config.memberTimeoutMillis()) : null;
    return new Mesh(node.id(), config, wire);
  }

  /** Whether there may be others. */
  public boolean clustered() {
    return wire != null;
  }

  /** Whether it is started, and clustered. Any thread may ask. */
  public boolean running() {
    return running;
  }

  /**
   * The ids of the nodes that live, this one's among them, in the same order on every node. Any
   * thread may ask.
   */
  public List<String> members() {
    return ids;
  }

  /**
   * The other nodes that live, as far as this one has heard, by id; none where it is not running.
   * Any thread may ask.
   */
  public Future<List<Peer>> peers() {
    if (!running) {
      return Future.succeededFuture(List.of());
    }
    Promise<List<Peer>> peers = Promise.promise();
    wire.run(() -> peers.complete(members.peers(wire.nanos())));
    return peers.future();
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
    running = true;
    return wire.open(this, Math.max(1, heartbeatMillis / LOOKS))
        .onSuccess(
            opened -> {
              board.offer(offer);
              publish(Beat.LIVES, null, null);
            });
  }

  /** Ends, and says so. */
  public Future<Void> stop() {
    if (!clustered()) {
      return Future.succeededFuture();
    }
    publish(Beat.LEAVES, null, null);
    running = false;
    return wire.close();
  }

  /**
   * Says which upstreams this node shares the health of.
   *
   * @param fingerprints by name; nodes share what has the same one
   */
  public void share(Map<String, String> fingerprints) {
    if (clustered() && board.share(fingerprints)) {
      if (running) {
        publish(Beat.LIVES, null, null);
      }
      changed();
    }
  }

  /** Says what this node does for others from now on. Any thread may do so. */
  public void offer(Offer next) {
    offer = next;
    if (running) {
      wire.run(
          () -> {
            if (board.offer(offer)) {
              publish(Beat.LIVES, null, null);
            }
          });
    }
  }

  /**
   * What the other nodes do for this one, by their ids; the same object until something changes.
   * Any thread may ask.
   */
  public Map<String, Offer> offers() {
    return offers;
  }

  /**
   * Says a word, or takes it back. Any thread may do so.
   *
   * @param holds whether this node thinks so from now on
   */
  public void say(Word word, boolean holds) {
    if (running) {
      wire.run(() -> say(new Change(word, holds)));
    }
  }

  private void say(Change change) {
    if (board.say(change)) {
      publish(Beat.LIVES, change, null);
      changed(change.word());
    }
  }

  /**
   * Tells the other nodes something, once: who misses it does not hear of it again. Any thread may
   * do so.
   */
  public void tell(JsonObject news) {
    if (running) {
      wire.run(() -> publish(Beat.LIVES, null, news));
    }
  }

  /**
   * Runs a task where listeners are called, if it is running: for one who begins to hear and has to
   * know what is said by then. Any thread may do so.
   */
  public void run(Runnable task) {
    if (running) {
      wire.run(task);
    }
  }

  /** The nodes that share the health of an upstream, this one among them. */
  public List<String> group(String upstream) {
    return board.group(upstream);
  }

  /** What the nodes of a {@link #group} say of an endpoint. */
  public Opinion opinion(List<String> group, String upstream, String endpoint) {
    return board.opinion(group, upstream, endpoint);
  }

  private void publish(String state, Change change, JsonObject news) {
    long revision = board.own().revision();
    wire.publish(
        new Beat(self, wire.member(), state, wire.version(), revision, change, news).toJson());
  }

  /** All that this node says. */
  JsonObject page() {
    return board.own().toJson();
  }

  /** Time has passed. */
  void look() {
    gone(members.retain(wire.members()), "lost");
    gone(members.expire(wire.nanos()), "silent");
    if (++looks % LOOKS == 0) {
      publish(Beat.LIVES, null, null);
    }
  }

  /** Somebody has published something. */
  void hear(Object message) {
    try {
      if (message instanceof JsonObject json) {
        hear(Beat.of(json));
      }
    } catch (ConfigException e) {
      LOG.warn("Not understood: " + e.getMessage());
    }
  }

  private void hear(Beat beat) {
    String from = beat.node();
    if (from.equals(self)) {
      return;
    }
    if (beat.state().equals(Beat.LEAVES)) {
      gone(members.left(from) ? List.of(from) : List.of(), "left");
      return;
    }
    if (members.heard(from, beat.member(), wire.nanos())) {
      report(from, "joined");
      publish(Beat.LIVES, null, null); // Or it would not hear of this node for a while.
      listeners.forEach(listener -> listener.joined(from));
    }
    members.version(from, beat.version());
    read(beat);
  }

  private void read(Beat beat) {
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
    if (asked.add(id)) {
      wire.ask(id)
          .map(Page::of)
          .onComplete(
              page -> {
                asked.remove(id);
                take(id, page);
              },
              failure -> asked.remove(id)); // Its next heartbeat is an occasion to ask again.
    }
  }

  private void take(String id, Page page) {
    if (members.ids().contains(id)) {
      board.take(id, page);
      offers = board.offers();
      changed();
    }
  }

  private void gone(List<String> nodes, String state) {
    for (String id : nodes) {
      board.forget(id);
      report(id, state);
    }
    if (!nodes.isEmpty()) {
      offers = board.offers();
      changed();
    }
  }

  private void report(String id, String state) {
    ids = members.ids();
    wire.report(id, state, ids.size());
  }

  private void changed(Word word) {
    listeners.forEach(listener -> listener.changed(word.upstream(), word.endpoint()));
  }

  private void changed() {
    listeners.forEach(listener -> listener.changed(null, null));
  }
}
