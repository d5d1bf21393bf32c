package dev.weir;

import dev.weir.admin.AdminVerticle;
import dev.weir.balancer.BalancerVerticle;
import dev.weir.bridge.BridgeVerticle;
import dev.weir.bus.Lanes;
import dev.weir.bus.Role;
import dev.weir.config.ScaleConfig;
import dev.weir.control.ControlVerticle;
import dev.weir.health.HealthVerticle;
import dev.weir.ingress.IngressVerticle;
import dev.weir.node.Node;
import dev.weir.remote.RemoteVerticle;
import dev.weir.upstream.UpstreamVerticle;
import dev.weir.watch.WatchVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.VertxException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The front door: checks the configuration, deploys the roles, the ingress last, and is ready when
 * all of them are. When one fails, the whole deployment fails and nothing stays behind.
 *
 * <p>Undeploying it drains the gateway: the ingress first, then the balancers, then the upstream
 * clients, each of which waits for the one before it.
 */
public final class WeirVerticle extends VerticleBase {

  /** How often an event loop may be passed over for another one. */
  private static final int MOST_TURNS = 8;

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
        .compose(remote -> deploy(IngressVerticle::new, scale.ingress()))
        .onSuccess(ingress -> node.started())
        .onFailure(failure -> node.release());
  }

  /** What a request goes through after the ingress. */
  private Future<?> deployPath(ScaleConfig scale) {
    return deploy(UpstreamVerticle::new, scale.upstream())
        .compose(upstream -> deploy(BalancerVerticle::new, scale.balancer()))
        .compose(balancer -> deploy(HealthVerticle::new, 1));
  }

  private Future<?> deployControl() {
    return deploy(ControlVerticle::new, 1)
        .compose(control -> deploy(BridgeVerticle::new, 1))
        .compose(bridge -> deploy(WatchVerticle::new, 1));
  }

  /** Beside the path, since it takes as long to start and runs on another event loop. */
  private Future<?> deployAdmin() {
    return deploy(AdminVerticle::new, 1);
  }

  @Override
  public Future<?> stop() {
    return node.release();
  }

  /** Where there are other nodes: on every event loop, for none can stand in for another one. */
  private Future<?> deployRemote() {
    int lanes = vertx.isClustered() ? node.lanes().size() : ScaleConfig.NONE;
    return deploy(RemoteVerticle::new, lanes).compose(deployed -> coverLanes(MOST_TURNS));
  }

  /**
   * Vert.x gives out its event loops in turn to whoever asks, so one may have been left out.
   *
   * @param left how many more times as many may be deployed as there are lanes
   */
  private Future<?> coverLanes(int left) {
    Lanes lanes = node.lanes();
    boolean all = IntStream.range(0, lanes.size()).allMatch(lane -> lanes.isOn(Role.REMOTE, lane));
    return all || left <= 0
        ? Future.succeededFuture()
        : deploy(RemoteVerticle::new, lanes.size()).compose(deployed -> coverLanes(left - 1));
  }

  private Future<String> deploy(Supplier<Deployable> role, int instances) {
    if (instances == ScaleConfig.NONE) {
      return Future.succeededFuture();
    }
    int count = instances == 0 ? node.lanes().size() : instances;
    // They find the configuration in the node. As their own, Vert.x would copy it time and again:
    // for every context that it makes, and its HTTP client makes one for every request.
    return vertx.deployVerticle(role, new DeploymentOptions().setInstances(count));
  }
}
