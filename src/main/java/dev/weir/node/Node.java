package dev.weir.node;

import dev.weir.accesslog.AccessLog;
import dev.weir.bus.Addresses;
import dev.weir.bus.Lanes;
import dev.weir.bus.Role;
import dev.weir.config.ControlConfig;
import dev.weir.config.EndpointConfig;
import dev.weir.config.WeirConfig;
import dev.weir.replica.Entry;
import dev.weir.replica.Outcome;
import dev.weir.replica.Proposal;
import dev.weir.replica.Replica;
import dev.weir.replica.Replicas;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * What the verticles of one JVM share. The first verticle that acquires it builds it from its
 * configuration, the last one that releases it removes it.
 */
public final class Node implements Shareable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final String MAP = "weir";
  private static final String KEY = "node";
  private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private final Vertx vertx;
  private final String id = UUID.randomUUID().toString();
  private final Lanes lanes;
  private final Presence presence;
  private final Ports ports;
  private final AccessLog accessLog;
  private final Journal journal;
  private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();
  private final List<Consumer<WeirConfig>> listeners = new CopyOnWriteArrayList<>();
  private final ViewVersions views = new ViewVersions();
  private final Replica replica;
  private final Future<Void> joined;
  private volatile Snapshot snapshot;
  private volatile boolean inForce;
  private volatile Phase phase = Phase.STARTING;
  private volatile boolean managed;
  private boolean complete; // Guarded by this
  private int holders; // Guarded by Node.class

  private Node(Vertx vertx, WeirConfig config) throws IOException {
    this.vertx = vertx;
    this.accessLog = AccessLog.of(config.accessLog());
    this.journal = journal(vertx, config.control());
    this.lanes = Lanes.of(vertx);
    this.presence = new Presence(lanes);
    this.ports = new Ports(config.ingress().size());
    this.snapshot = Snapshot.first(config, 1);
    snapshot.upstreams().keySet().forEach(views::configured);
    this.replica = Replicas.make(vertx, id, config, this::install);
    this.joined = replica.join().onSuccess(there -> inForce = true);
  }

  private Journal journal(Vertx vertx, ControlConfig config) throws IOException {
    try {
      return Journal.open(vertx, config.journal());
    } catch (IOException e) {
      accessLog.close();
      throw e;
    }
  }

  /**
   * The node of this Vert.x instance, or {@code null} when no verticle of Weir is deployed in it.
   */
  public static Node of(Vertx vertx) {
    return map(vertx).get(KEY);
  }

  /**
   * Takes part in the node of this Vert.x instance; each call needs one {@link #release()}.
   *
   * @param config the configuration of the calling verticle, used only when there is no node yet
   * @throws dev.weir.config.ConfigException when the configuration is needed and is not valid
   */
  public static Node acquire(Vertx vertx, JsonObject config) {
    synchronized (Node.class) {
      Node node = of(vertx);
      if (node == null) {
        node = create(vertx, WeirConfig.of(config));
        map(vertx).put(KEY, node);
      }
      node.holders++;
      return node;
    }
  }

  private static Node create(Vertx vertx, WeirConfig config) {
    try {
      return new Node(vertx, config);
    } catch (IOException e) {
      throw new VertxException("Cannot write the access log or the journal: " + e, true);
    }
  }

  /** Undoes one {@link #acquire}; the last one completes when the access log is written. */
  public Future<Void> release() {
    synchronized (Node.class) {
      if (--holders > 0) {
        return Future.succeededFuture();
      }
      map(vertx).remove(KEY);
    }
    Future<Void> written =
        vertx.executeBlocking(
            () -> {
              accessLog.close();
              return null;
            });
    Future<Void> left = replica.leave().eventually(journal::close);
    return here(Future.join(left, written).mapEmpty());
  }

  private static LocalMap<String, Node> map(Vertx vertx) {
    return vertx.sharedData().getLocalMap(MAP);
  }

  /** Names this node on the bus and in events; new with every start. */
  public String id() {
    return id;
  }

  /**
   * The one object of a class that the verticles of this node share; made when it is first asked
   * for.
   */
  public <T> T shared(Class<T> type, Supplier<T> make) {
    return type.cast(shared.computeIfAbsent(type, missing -> make.get()));
  }

  public AccessLog accessLog() {
    return accessLog;
  }

  /** Where every change is written down. */
  public Journal journal() {
    return journal;
  }

  public Lanes lanes() {
    return lanes;
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  /** How far the lanes have followed what has changed. */
  public ViewVersions views() {
    return views;
  }

  /**
   * Completes, on the caller's context, when this node has the configuration that its cluster has.
   * What serves clients or obeys commands waits for it.
   */
  public Future<Void> joined() {
    return here(joined);
  }

  /** The way to change the configuration, of this node or of all. */
  public Replica replica() {
    return replica;
  }

  /**
   * Makes a change of the configuration from whatever version is in force.
   *
   * @param details what the event says of it, {@code op} above all
   * @return its outcome, on the caller's context
   */
  public Future<Outcome> change(JsonObject details, UnaryOperator<WeirConfig> edit) {
    return here(replica.propose(Proposal.of(details, edit)));
  }

  /**
   * Adds one who hears of every configuration once it is in force, and again when endpoints have
   * announced themselves, which stand in it then. Any thread may do so.
   */
  public void listen(Consumer<WeirConfig> listener) {
    listeners.add(listener);
  }

  /** Runs what takes its time where no event loop waits for it, and not at once. */
  public void aside(long delayMillis, Runnable task) {
    vertx.setTimer(
        delayMillis,
        due ->
            vertx.executeBlocking(
                () -> {
                  task.run();
                  return null;
                }));
  }

  private synchronized void install(WeirConfig config, long version, Entry change) {
    Map<String, List<EndpointConfig>> announced = snapshot.announced();
    // Nothing is sent to what was there before the node has joined.
    install(
        inForce
            ? snapshot.next(config, version, announced, System.nanoTime())
            : snapshot.renewed(config, version, announced));
    if (change != null) {
      report(change);
    } else if (inForce) {
      journal.append(new JsonObject().put("op", "catch-up").put("version", version));
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
    tell("");
    listeners.forEach(listener -> listener.accept(whole));
  }

  /**
   * Puts those endpoints beside the ones of the configuration, in place of those of the call
   * before; the version stays. Only upstreams that allow it have them.
   *
   * @param announced by upstream, each list in the same order on every node
   */
  public synchronized void announced(Map<String, List<EndpointConfig>> announced) {
    if (!announced.equals(snapshot.announced())) {
      Snapshot seen = snapshot;
      install(seen.next(seen.config(), seen.version(), announced, System.nanoTime()));
    }
  }

  private void report(Entry change) {
    JsonObject details = change.details().copy();
    long version = change.head().version();
    LOG.info("Configuration version " + version + " by " + change.node() + ": " + details.encode());
    journal.append(change.summary());
    if (change.node().equals(id)) {
      details.put("version", version).put("changes", new JsonArray(change.delta().paths()));
      Events.publish(vertx, this, "config", details);
    }
  }

  /** Sets the health of an endpoint; a change is told to every lane. Returns whether it changed. */
  public boolean health(Endpoint endpoint, boolean up) {
    boolean changed = endpoint.health(up, System.nanoTime());
    if (changed) {
      announce(endpoint.upstream());
    }
    return changed;
  }

  /**
   * Sets whether an endpoint is degraded; a change is told to every lane. Returns whether it
   * changed.
   */
  public boolean degrade(Endpoint endpoint, boolean degraded) {
    boolean changed = endpoint.degrade(degraded);
    if (changed) {
      announce(endpoint.upstream());
    }
    return changed;
  }

  /** Ejects an endpoint, or lets it return; a change is told to every lane. */
  public void eject(Endpoint endpoint, boolean out) {
    if (endpoint.eject(out, System.nanoTime())) {
      announce(endpoint.upstream());
    }
  }

  /**
   * Sets what the endpoints of an upstream get of their weights by what they report; a change is
   * told to every lane.
   *
   * @param percent 10 to 1000
   */
  public void reported(Upstream upstream, ToIntFunction<Endpoint> percent) {
    boolean changed = false;
    for (Endpoint endpoint : upstream.endpoints()) {
      changed |= endpoint.reported(percent.applyAsInt(endpoint));
    }
    if (changed) {
      announce(upstream.name());
    }
  }

  private void announce(String upstream) {
    views.changed(upstream);
    tell(upstream);
  }

  private void tell(String upstream) {
    vertx.eventBus().publish(Addresses.VIEW, upstream, LOCAL);
  }

  /** Whether {@link dev.weir.WeirVerticle} deploys the roles of this node, and so stops them. */
  public boolean managed() {
    return managed;
  }

  public void managed(boolean managed) {
    this.managed = managed;
  }

  /** Called once everything that was asked for is deployed; a drain that came before stays. */
  public synchronized void started() {
    complete = true;
    if (phase == Phase.STARTING) {
      phase = Phase.READY;
    }
  }

  /**
   * From now on the node is not ready, and connections are closed after their current request.
   *
   * @return whether that is new
   */
  public synchronized boolean drain() {
    boolean changed = !draining();
    if (changed) {
      phase = Phase.DRAINING;
    }
    return changed;
  }

  /**
   * Takes {@link #drain} back, unless the node stops.
   *
   * @return whether the node had drained
   */
  public synchronized boolean resume() {
    boolean changed = phase == Phase.DRAINING;
    if (changed) {
      phase = complete ? Phase.READY : Phase.STARTING;
    }
    return changed;
  }

  /** It drains, and never resumes. */
  public synchronized void stop() {
    phase = Phase.STOPPING;
  }

  /** Whether it is about to be gone. */
  public boolean stopping() {
    return phase == Phase.STOPPING;
  }

  /**
   * Whether clients may be sent here: everything is deployed, or, where nobody said what that is,
   * an ingress; and the node does not drain.
   */
  public boolean ready() {
    boolean unmanaged = phase == Phase.STARTING && !managed;
    return phase == Phase.READY || unmanaged && lanes.count(Role.INGRESS) > 0;
  }

  public boolean draining() {
    Phase now = phase;
    return now == Phase.DRAINING || now == Phase.STOPPING;
  }

  /** Notes that an instance of {@code role} works on {@code lane}. */
  public void join(Role role, int lane) {
    presence.join(role, lane);
  }

  /** Undoes one {@link #join}. */
  public void leave(Role role, int lane) {
    presence.leave(role, lane);
  }

  /** Completes, on the caller's context, when no instance of {@code role} is left on this node. */
  public Future<Void> gone(Role role) {
    return here(presence.gone(role));
  }

  /**
   * Completes, on the caller's context, when nobody is left on this node who takes exchanges in,
   * from clients or from other nodes.
   */
  public Future<Void> clientsGone() {
    return gone(Role.INGRESS).compose(gone -> gone(Role.REMOTE));
  }

  private <T> Future<T> here(Future<T> elsewhere) {
    Promise<T> here = ((VertxInternal) vertx).getOrCreateContext().promise();
    elsewhere.onComplete(here);
    return here.future();
  }

  /**
   * The ports that the listeners are bound to, in the order of the configuration; 0 when unbound.
   */
  public List<Integer> listenerPorts() {
    return ports.listeners();
  }

  public void listenerPort(int listener, int port) {
    ports.listener(listener, port);
  }

  /** The port of the admin side; 0 when it is off. */
  public int adminPort() {
    return ports.admin();
  }

  public void adminPort(int port) {
    ports.admin(port);
  }

  /** The port of the bridge; 0 when it is off. */
  public int bridgePort() {
    return ports.bridge();
  }

  public void bridgePort(int port) {
    ports.bridge(port);
  }

  private enum Phase {
    STARTING,
    READY,
    DRAINING,
    STOPPING
  }
}
