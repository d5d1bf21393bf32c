package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetClient;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Probers over real sockets, on the event loop of the caller. */
final class VertxProbers implements Probers {

  /**
   * Probes keep their connections themselves, so that there is nothing to look for. But it can't be
   * never: a client without this timer cancels timer 0 when it is closed, whose ever that is.
   */
  private static final PoolOptions NO_POOL =
      new PoolOptions().setCleanerPeriod((int) TimeUnit.HOURS.toMillis(1));

  private final Vertx vertx;
  private final String nodeId;
  private final Timers timers;
  private final NetClient tcp;
  private final HttpClientAgent http;
  private final HttpClientAgent grpc;

  VertxProbers(Vertx vertx, String nodeId) {
    this.vertx = vertx;
    this.nodeId = nodeId;
    this.timers = new GatheredTimers(Timers.of(vertx), this::nanos);
    this.tcp = vertx.createNetClient();
    this.http = vertx.createHttpClient(HttpProbe.options(), NO_POOL);
    this.grpc = vertx.createHttpClient(GrpcProbe.options(), NO_POOL);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Prober prober(Watched watched, boolean firstDecides, Prober.Listener listener) {
    ActiveHealthConfig config = watched.config.active();
    String key = nodeId + "/" + watched.endpoint;
    return new Prober(
        probe(watched),
        new Schedule(config, key, () -> ThreadLocalRandom.current().nextDouble()),
        new RiseFall(config.rise(), config.fall(), watched.up, firstDecides),
        config,
        timers,
        this::nanos,
        watched.bornNanos,
        listener);
  }

  private Probe probe(Watched watched) {
    EndpointConfig endpoint = watched.endpoint.config();
    ActiveHealthConfig config = watched.config.active();
    return switch (config.type()) {
      case ActiveHealthConfig.TCP -> new TcpProbe(tcp, endpoint, config);
      case ActiveHealthConfig.GRPC -> new GrpcProbe(grpc, endpoint, config, name(watched));
      default -> new HttpProbe(http, endpoint, config, name(watched));
    };
  }

  private NameWatch name(Watched watched) {
    String host = watched.endpoint.config().host();
    return new NameWatch(vertx, host, watched.dnsRefreshMillis, this::nanos);
  }

  @Override
  public Future<Void> close() {
    return Future.join(tcp.close(), http.close(), grpc.close()).mapEmpty();
  }
}
