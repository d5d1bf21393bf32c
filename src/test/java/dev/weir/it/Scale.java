package dev.weir.it;

import dev.weir.launcher.Transports;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;

/** How many instances of each role stand on how many event loops. */
enum Scale {
  /** One of each on every event loop: an exchange stays on its lane. */
  PER_EVENT_LOOP(2, 0, 0, 0),
  /** Two of one role share one of the others, so half of the exchanges cross event loops. */
  SHARED(2, 2, 1, 1),
  /** One of each, set on event loops in turn: an exchange always crosses. */
  ONE_EACH(2, 1, 1, 1),
  /** Like {@link #PER_EVENT_LOOP}, on one of two clustered nodes that both have a gateway. */
  CLUSTERED(2, 0, 0, 0),
  /**
   * The ingress on one node of a cluster, balancers and upstream clients on another one: every
   * exchange crosses nodes. See {@link ScaledSuite} for when.
   */
  REMOTE(2, 0, 0, 0);

  private final int eventLoops;
  private final int ingress;
  private final int balancer;
  private final int upstream;

  Scale(int eventLoops, int ingress, int balancer, int upstream) {
    this.eventLoops = eventLoops;
    this.ingress = ingress;
    this.balancer = balancer;
    this.upstream = upstream;
  }

  int eventLoops() {
    return eventLoops;
  }

  /** Starts a Vert.x for one test, or gives out the one that clustered tests share. */
  Vertx vertx() {
    return this == CLUSTERED
        ? Cluster.node()
        : Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(eventLoops))
            .withTransport(Transports.chosen())
            .build();
  }

  /** Whether the Vert.x outlives the test. */
  boolean isShared() {
    return this == CLUSTERED || this == REMOTE;
  }

  /** The most lanes that may send to an upstream. */
  int upstreamLanes() {
    return upstream == 0 ? eventLoops : upstream;
  }

  JsonObject json() {
    return new JsonObject()
        .put("ingress", ingress)
        .put("balancer", balancer)
        .put("upstream", upstream);
  }
}
