package dev.weir.node;

import dev.weir.accesslog.AccessLog;
import dev.weir.bus.Lanes;
import dev.weir.bus.Role;
import dev.weir.config.ControlConfig;
import dev.weir.config.EndpointConfig;
import dev.weir.config.WeirConfig;
import dev.weir.replica.Outcome;
import dev.weir.replica.Proposal;
import dev.weir.replica.Replica;
import dev.weir.replica.Replicas;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What the verticles of one JVM share. The first verticle that acquires it builds it from its
 * configuration, the last one that releases it removes it.
 */
public final class Node implements Shareable {

  private static final String MAP = "weir";
  private static final String KEY = "node";

  private final Vertx vertx;
  private final String id = UUID.randomUUID().toString();
  private final Lanes lanes;
  private final Presence presence;
  private final Ports ports;
  private final AccessLog accessLog;
  private final Journal journal;
  private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();
  private final Lifecycle lifecycle = new Lifecycle();
  private final Configuration configuration;
  private final EndpointStates states;
  private final Replica replica;
  private final Future<Void> joined;
  private volatile boolean managed;
  private int holders; // Guarded by Node.class

  private Node(Vertx vertx, WeirConfig config) throws IOException {
    this.vertx = vertx;
    this.accessLog = AccessLog.of(config.accessLog());
    this.journal = journal(vertx, config.control());
    this.lanes = Lanes.of(vertx);
    this.presence = new Presence(lanes);
    this.ports = new Ports(config.ingress().size());
    this.configuration = new Configuration(vertx, this, config);
    this.states = new EndpointStates(vertx, configuration.views());
    this.replica = Replicas.make(vertx, id, config, configuration);
    this.joined = replica.join().onSuccess(there -> configuration.inForce());
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
        spendFirstTimer(vertx);
        node = create(vertx, WeirConfig.of(config));
        map(vertx).put(KEY, node);
      }
      node.holders++;
      return node;
    }
  }

  /**
   * HTTP clients of Vert.x 5.0 that have no timer of their own cancel timer 0 when they are closed,
   * and an application may have such: it must not be the gateway's, such as the clock of a lane.
   */
  private static void spendFirstTimer(Vertx vertx) {
    vertx.cancelTimer(vertx.setTimer(1, never -> {}));
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
    return configuration.snapshot();
  }

  /** How far the lanes have followed what has changed. */
  public ViewVersions views() {
    return configuration.views();
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
    configuration.listen(listener);
  }

  /**
   * Puts those endpoints beside the ones of the configuration, in place of those of the call
   * before; the version stays. Only upstreams that allow it have them.
   *
   * @param announced by upstream, each list in the same order on every node
   */
  public void announced(Map<String, List<EndpointConfig>> announced) {
    configuration.announced(announced);
  }

  /** What is found out of endpoints, and the way to change it. */
  public EndpointStates states() {
    return states;
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

  /** Whether {@link dev.weir.WeirVerticle} deploys the roles of this node, and so stops them. */
  public boolean managed() {
    return managed;
  }

  public void managed(boolean managed) {
    this.managed = managed;
  }

  /** Called once everything that was asked for is deployed; a drain that came before stays. */
  public void started() {
    lifecycle.started();
  }

  /**
   * From now on the node is not ready, and connections are closed after their current request.
   *
   * @return whether that is new
   */
  public boolean drain() {
    return lifecycle.drain();
  }

  /**
   * Takes {@link #drain} back, unless the node stops.
   *
   * @return whether the node had drained
   */
  public boolean resume() {
    return lifecycle.resume();
  }

  /** It drains, and never resumes. */
  public void stop() {
    lifecycle.stop();
  }

  /** Whether it is about to be gone. */
  public boolean stopping() {
    return lifecycle.stopping();
  }

  /**
   * Whether clients may be sent here: everything is deployed, or, where nobody said what that is,
   * an ingress; and the node does not drain.
   */
  public boolean ready() {
    boolean unmanaged = lifecycle.starting() && !managed;
    return lifecycle.ready() || unmanaged && lanes.count(Role.INGRESS) > 0;
  }

  public boolean draining() {
    return lifecycle.draining();
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

  /** What it listens on. */
  public Ports ports() {
    return ports;
  }
}
