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

  Prober prober(Endpoint endpoint, ActiveHealthConfig config, Prober.Listener listener) {
    String key = nodeId + "/" + endpoint;
    return new Prober(
        probe(endpoint.config(), config),
        new Schedule(config.intervalMillis(), key, () -> ThreadLocalRandom.current().nextDouble()),
        new RiseFall(config.rise(), config.fall(), endpoint.healthy()),
        config.timeoutMillis(),
        timers,
        System::nanoTime,
        listener);
  }

  private Probe probe(EndpointConfig endpoint, ActiveHealthConfig config) {
    return config.type().equals(ActiveHealthConfig.TCP)
        ? new TcpProbe(tcp, endpoint.host(), endpoint.port(), (int) config.timeoutMillis())
        : new HttpProbe(vertx, endpoint, config);
  }

  Future<Void> close() {
    return tcp.close();
  }
}
