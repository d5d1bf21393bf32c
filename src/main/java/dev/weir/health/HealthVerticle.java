package dev.weir.health;

import dev.weir.bus.Addresses;
import dev.weir.cluster.Mesh;
import dev.weir.config.ConfigException;
import dev.weir.config.ScaleConfig;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.node.Endpoint;
import dev.weir.node.Events;
import dev.weir.node.Node;
import dev.weir.protection.Observation;
import dev.weir.protection.Protection;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;

/**
 * Probes the endpoints of every upstream whose {@code health.mode} is not {@code off}, and
 * announces the ones that go down or come back. Deploy one a node. Deployed alone it needs the
 * gateway's configuration as its own.
 *
 * <p>When it is undeployed the endpoints stay as they are; the next one goes on from there.
 */
public final class HealthVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(HealthVerticle.class);

  private Node node;
  private Protection protection;
  private Watch watch;
  private Mesh mesh;
  private MessageConsumer<String> changes;
  private MessageConsumer<Object> observations;
  private MessageConsumer<JsonObject> questions;
  private boolean watches;
  private final Mesh.Listener listener = this::settle;

  @Override
  public Future<?> start() {
    node = Node.acquire(vertx, config());
    mesh = Mesh.of(vertx, node);
    protection = Protection.of(vertx, node);
    watch = new Watch(node.id(), new VertxProbers(vertx, node.id()), verdicts(), mesh);
    GatewayMetrics.of(node)
        .gauge("weir_probed_endpoints", "Endpoints that this node probes.", watch::probing);
    changes = vertx.eventBus().localConsumer(Addresses.VIEW, change -> changed(change.body()));
    observations =
        vertx.eventBus().localConsumer(Addresses.OBSERVED, message -> observed(message.body()));
    questions = vertx.eventBus().localConsumer(Addresses.PROBE, this::probe);
    mesh.listen(listener);
    watches = node.snapshot().config().scale().upstream() != ScaleConfig.NONE;
    refresh();
    return Future.all(
        changes.completion(), observations.completion(), questions.completion(), mesh.start());
  }

  @Override
  public Future<?> stop() {
    Future<Void> turn = node.managed() ? node.clientsGone() : Future.succeededFuture();
    return turn.compose(gone -> mesh.stop())
        .compose(stopped -> protection.leave())
        .compose(
            left ->
                Future.join(
                    changes.unregister(), observations.unregister(), questions.unregister()))
        .compose(unregistered -> stopWatching())
        .eventually(node::release);
  }

  private Future<Void> stopWatching() {
    mesh.forget(listener);
    return watch.stop();
  }

  private void probe(Message<JsonObject> question) {
    if (!watches) {
      question.fail(0, "this node has no way to the endpoints");
      return;
    }
    JsonObject body = question.body();
    watch
        .probe(body.getString("upstream"), body.getString("endpoint"))
        .onComplete(
            probed -> question.reply(probed.toJson()),
            failure -> question.fail(0, failure.getMessage()));
  }

  /** A node that has no upstream clients has no way to the endpoints either. */
  private void refresh() {
    if (watches) {
      watch.refresh(node.snapshot());
    }
  }

  private void settle(String upstream, String endpoint) {
    if (watches) {
      watch.settle(upstream, endpoint);
    }
  }

  private void changed(String upstream) {
    refresh();
    if (watches && mesh.clustered() && !upstream.isEmpty()) {
      watch.settle(upstream, null); // Who has ejected an endpoint probes it.
    }
  }

  private void observed(Object message) {
    try {
      if (watches) {
        watch.observed(Observation.of(message));
      }
    } catch (ConfigException e) {
      LOG.warn("Not understood at " + Addresses.OBSERVED + ": " + e.getMessage());
    }
  }

  private Verdicts verdicts() {
    return new Verdicts() {
      @Override
      public void accept(Endpoint endpoint, boolean up, String reason) {
        announce(endpoint, up, reason);
      }

      @Override
      public void proven(Endpoint endpoint, boolean proven) {
        node.states().prove(endpoint, proven);
      }

      @Override
      public void degraded(Endpoint endpoint, boolean degraded) {
        if (node.states().degrade(endpoint, degraded)) {
          String state = degraded ? "degraded" : "up";
          report(endpoint, state, degraded ? "it says so itself" : "it does not say so any longer");
        }
      }

      @Override
      public void confirmed(Endpoint endpoint) {
        protection.restore(endpoint);
      }
    };
  }

  private void announce(Endpoint endpoint, boolean up, String reason) {
    if (node.states().health(endpoint, up)) {
      report(endpoint, up ? "up" : "down", reason);
    }
  }

  private void report(Endpoint endpoint, String state, String reason) {
    LOG.info("Endpoint " + endpoint + " is " + state + ": " + reason);
    Events.publish(
        vertx,
        node,
        "health",
        new JsonObject()
            .put("upstream", endpoint.upstream())
            .put("endpoint", endpoint.id())
            .put("state", state)
            .put("view", node.views().current(endpoint.upstream()))
            .put("reason", reason));
  }
}
