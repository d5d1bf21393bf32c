package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.EndpointConfig;
import dev.weir.node.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the probers of one node, each for one endpoint as the configuration wants it. */
final class Probers {

  private final Vertx vertx;
  private final String nodeId;
  private final Timers timers;
  private final NetClient tcp;

  Probers(Vertx vertx, String nodeId) {
    this.vertx = vertx;
    this.nodeId = nodeId;
    this.timers = Timers.of(vertx);
    this.tcp = vertx.createNetClient();
  }

  /**
   * @param isNew whether nobody has probed the endpoint before
   */
  Prober prober(
      Endpoint endpoint, ActiveHealthConfig config, boolean isNew, Prober.Listener listener) {
    boolean firstDecides = isNew && config.initial().equals(ActiveHealthConfig.FIRST_PROBE);
    String key = nodeId + "/" + endpoint;
    return new Prober(
        probe(endpoint.config(), config),
        new Schedule(config, key, () -> ThreadLocalRandom.current().nextDouble()),
        new RiseFall(config.rise(), config.fall(), endpoint.healthy(), firstDecides),
        config,
        timers,
        System::nanoTime,
        listener);
  }

  private Probe probe(EndpointConfig endpoint, ActiveHealthConfig config) {
    return switch (config.type()) {
      case ActiveHealthConfig.TCP -> new TcpProbe(tcp, endpoint, config);
      case ActiveHealthConfig.GRPC -> new GrpcProbe(vertx, endpoint, config);
      default -> new HttpProbe(vertx, endpoint, config);
    };
  }

  Future<Void> close() {
    return tcp.close();
  }
}
