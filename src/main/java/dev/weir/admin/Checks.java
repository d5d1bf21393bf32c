package dev.weir.admin;

import dev.weir.cluster.Mesh;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;

/**
 * The health checks of this node: {@code gateway}, which holds while the gateway runs, whether or
 * not it can agree with the other nodes of its cluster, and one for each upstream, which holds
 * while it has an endpoint that may be used.
 */
final class Checks {

  /** Every check is done at once; its timer only has to be gone soon. */
  private static final long TIMEOUT_MILLIS = 1;

  private final Vertx vertx;
  private final Node node;
  private Snapshot snapshot;
  private HealthChecks checks;

  Checks(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
  }

  Future<CheckResult> run() {
    if (snapshot != node.snapshot()) {
      snapshot = node.snapshot();
      checks = build();
    }
    return checks.checkStatus();
  }

  private HealthChecks build() {
    HealthChecks built = HealthChecks.create(vertx);
    built.register("gateway", TIMEOUT_MILLIS, check -> check.complete(gateway()));
    for (Upstream upstream : snapshot.upstreams().values()) {
      String name = "upstreams/" + upstream.name();
      built.register(name, TIMEOUT_MILLIS, check -> check.complete(upstream(upstream)));
    }
    return built;
  }

  private Status gateway() {
    JsonObject data =
        new JsonObject()
            .put("node", node.id())
            .put("version", node.snapshot().version())
            .put("ready", node.ready())
            .put("draining", node.draining());
    if (vertx.isClustered()) {
      data.put("nodes", Mesh.of(vertx, node).members().size());
      data.put("partitioned", !node.replica().isWhole());
    }
    return Status.OK(data);
  }

  private static Status upstream(Upstream upstream) {
    int usable = upstream.usable();
    JsonObject data =
        new JsonObject().put("endpoints", upstream.endpoints().size()).put("usable", usable);
    return usable > 0 ? Status.OK(data) : Status.KO(data);
  }
}
