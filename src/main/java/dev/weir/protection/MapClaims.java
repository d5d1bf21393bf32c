package dev.weir.protection;

import dev.weir.cluster.Mesh;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.shareddata.AsyncMap;

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

  private final Vertx vertx;
  private final String node;
  private final Mesh mesh;
  private Future<AsyncMap<String, String>> map; // Guarded by this

  /**
   * @param node the id of this node
   */
  MapClaims(Vertx vertx, String node, Mesh mesh) {
    this.vertx = vertx;
    this.node = node;
    this.mesh = mesh;
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
    return map()
        .compose(claims -> claims.putIfAbsent(key, node, millis + SLACK_MILLIS))
        .map(holder -> holder == null)
        .onFailure(failure -> LOG.warn("No claim of a trial: " + failure.getMessage()));
  }

  @Override
  public void release(String key) {
    vertx.setTimer(
        DELAY_MILLIS, later -> map().compose(claims -> claims.removeIfPresent(key, node)));
  }
}
