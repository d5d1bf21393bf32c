package dev.weir.protection;

import dev.weir.cluster.Mesh;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.shareddata.AsyncMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Claims in a map of the cluster: the trial is for the node whose id stands there, for as long as
 * the entry lives. Where there is no cluster there is no map.
 */
final class MapClaims implements Claims {

  private static final Logger LOG = LoggerFactory.getLogger(MapClaims.class);

  private static final String MAP = "weir.trials";

  /** How long a claim outlives its trial, so that the verdict comes before the next claim. */
  private static final long DELAY_MILLIS = 100;

  /**
   * How long an entry outlives what was asked for: the answer may take {@link
   * ClusterTurn#LATE_NANOS}, and cluster managers count in whole seconds. Who holds it lets it go;
   * its end is for those that can't any longer.
   */
  private static final long SLACK_MILLIS = 2000;

  /** After so many claims in a row that the map did not answer, it is left alone for a while. */
  static final int MAX_FAILURES = 3;

  private static final long PAUSE_MILLIS = 2000;
  private static final int NO_TIMEOUT = -1; // Who claims looks at the time himself.

  private final Vertx vertx;
  private final CircuitBreaker breaker;
  private final String node;
  private final Mesh mesh;
  private final Set<String> held = ConcurrentHashMap.newKeySet();

  /** Belongs to no verticle: one that goes takes its timers along, and others would wait. */
  private final ContextInternal context;

  private Future<AsyncMap<String, String>> map; // Guarded by this

  /**
   * @param node the id of this node
   */
  MapClaims(Vertx vertx, String node, Mesh mesh) {
    this.vertx = vertx;
    this.node = node;
    this.mesh = mesh;
    context = ((VertxInternal) vertx).createEventLoopContext();
    CircuitBreakerOptions options = new CircuitBreakerOptions().setMaxFailures(MAX_FAILURES);
    options.setTimeout(NO_TIMEOUT).setResetTimeout(PAUSE_MILLIS).setNotificationPeriod(0);
    options.setNotificationAddress(Announcer.NOTIFICATIONS);
    breaker =
        CircuitBreaker.create("weir/trials", vertx, options)
            .openHandler(changed -> LOG.warn("The map of trials does not work"))
            .closeHandler(changed -> LOG.info("The map of trials works again"));
  }

  @Override
  public boolean needed() {
    return mesh.running();
  }

  private synchronized Future<AsyncMap<String, String>> map() {
    if (map == null || map.failed()) {
      map = vertx.sharedData().getClusterWideMap(MAP);
    }
    return map;
  }

  @Override
  public Future<Boolean> take(String key, long millis) {
    return breaker
        .execute(
            () -> map().compose(claims -> claims.putIfAbsent(key, node, millis + SLACK_MILLIS)))
        .map(holder -> holder == null && taken(key));
  }

  private boolean taken(String key) {
    held.add(key);
    if (needed()) {
      return true;
    }
    free(key); // This node has left in the meantime.
    return false;
  }

  @Override
  public void release(String key) {
    context.runOnContext(own -> vertx.setTimer(DELAY_MILLIS, later -> free(key)));
  }

  private Future<?> free(String key) {
    return held.remove(key)
        ? map().compose(claims -> claims.removeIfPresent(key, node))
        : Future.succeededFuture();
  }

  /** Lets others claim all that this node has, at once. It is not {@link #needed} any longer. */
  Future<Void> leave() {
    List<Future<?>> freed = List.copyOf(held).stream().<Future<?>>map(this::free).toList();
    return Future.join(freed)
        .<Void>mapEmpty()
        .timeout(SLACK_MILLIS, TimeUnit.MILLISECONDS) // Then they end by themselves.
        .otherwiseEmpty();
  }
}
