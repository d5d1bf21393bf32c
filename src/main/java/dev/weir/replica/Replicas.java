package dev.weir.replica;

import dev.weir.config.ClusterConfig;
import dev.weir.config.WeirConfig;
import io.vertx.core.Vertx;

/** Makes replicas that live in a Vert.x. */
public final class Replicas {

  private Replicas() {}

  /**
   * The replica of a node; shared with others where Vert.x is clustered and the configuration does
   * not say otherwise.
   *
   * @param node the id of the node
   * @param own what the node was started with
   */
  public static Replica make(
      Vertx vertx, String node, WeirConfig own, Replica.Installer installer) {
    ClusterConfig cluster = own.cluster();
    boolean shares = vertx.isClustered() && cluster.shares();
    Store store = shares ? new MapStore(vertx, node, cluster.memberTimeoutMillis()) : new Alone();
    Surroundings around = new VertxSurroundings(vertx, shares, cluster.heartbeatMillis());
    return new Replica(node, own, store, around, installer);
  }
}
