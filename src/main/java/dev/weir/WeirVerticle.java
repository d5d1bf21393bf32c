package dev.weir;

import dev.weir.admin.AdminVerticle;
import dev.weir.balancer.BalancerVerticle;
import dev.weir.bridge.BridgeVerticle;
import dev.weir.config.ScaleConfig;
import dev.weir.control.ControlVerticle;
import dev.weir.health.HealthVerticle;
import dev.weir.ingress.IngressVerticle;
import dev.weir.node.Node;
import dev.weir.remote.RemoteVerticle;
import dev.weir.upstream.UpstreamVerticle;
import dev.weir.watch.WatchVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.VertxException;
import java.util.function.Supplier;

/**
 * The front door: checks the configuration, deploys the roles, the ingress last, and is ready when
 * all of them are. When one fails, the whole deployment fails and nothing stays behind.
 *
 * <p>Undeploying it drains the gateway: the ingress first, then the balancers, then the upstream
 * clients, each of which waits for the one before it.
 */
public final class WeirVerticle extends VerticleBase {

  private Node node;

  @Override
  public Future<?> start() {
    Node present = Node.of(vertx);
    if (present != null && present.managed()) {
      return Future.failedFuture(new VertxException("A gateway is deployed here already", true));
    }
    node = Node.acquire(vertx, config());
    node.managed(true);
    ScaleConfig scale = node.snapshot().config().scale();
    return node.joined()
        .compose(joined -> Future.join(deployPath(scale), deployControl(), deployAdmin()))
        .compose(ready -> deployRemote())
        .compose(remote -> deploy(IngressVerticle::new, scale.ingress(), 0))
        .onSuccess(ingress -> node.started())
        .onFailure(failure -> node.release());
  }

  /** What a request goes through after the ingress. */
  private Future<?> deployPath(ScaleConfig scale) {
    return deploy(UpstreamVerticle::new, scale.upstream(), 0)
        .compose(upstream -> deploy(BalancerVerticle::new, scale.balancer(), 1))
        .compose(balancer -> deploy(HealthVerticle::new, 1, 0));
  }

  private Future<?> deployControl() {
    return deploy(ControlVerticle::new, 1, 1)
        .compose(control -> deploy(BridgeVerticle::new, 1, 1))
        .compose(bridge -> deploy(WatchVerticle::new, 1, 1));
  }

  /** Beside the path, since it takes as long to start and runs on another event loop. */
  private Future<?> deployAdmin() {
    return deploy(AdminVerticle::new, 1, 1);
  }

  @Override
  public Future<?> stop() {
    return node.release();
  }

  /** Where there are other nodes: on every event loop, for none can stand in for another one. */
  private Future<?> deployRemote() {
    return deploy(RemoteVerticle::new, vertx.isClustered() ? 0 : ScaleConfig.NONE, 0);
  }

  /**
   * @param instances 0: one for each event loop
   * @param first the event loop of the first one: roles with one instance are to have more than one
   *     core
   */
  private Future<String> deploy(Supplier<Deployable> role, int instances, int first) {
    if (instances == ScaleConfig.NONE) {
      return Future.succeededFuture();
    }
    int count = instances == 0 ? node.lanes().size() : instances;
    // They find the configuration in the node. As their own, Vert.x would copy it time and again:
    // for every context that it makes, and its HTTP client makes one for every request.
    return vertx.deployVerticle(new InTurn(role, count, first));
  }
}
