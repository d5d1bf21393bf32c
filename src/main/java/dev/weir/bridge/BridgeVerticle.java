package dev.weir.bridge;

import dev.weir.bus.Role;
import dev.weir.config.BridgeConfig;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.VertxException;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Lets local processes that are no JVM take part in the event bus, as far as {@code bridge} allows.
 * Deploy one a node. Deployed alone it needs the gateway's configuration as its own. With {@code
 * bridge.enabled} false, which is the default, it does nothing.
 *
 * <p>A client is whoever reaches the port, and what it sends counts as sent by this node.
 */
public final class BridgeVerticle extends VerticleBase {

  /*
   * Written here rather than taken from vertx-tcp-eventbus-bridge, whose frames these are: that
   * buffers whatever a length of up to 2 GiB announces, writes to a client that does not read until
   * the heap is full, and lets a frame choose the codec of its message.
   */

  /** How often in an idle timeout the clients are looked at. */
  private static final int LOOKS = 4;

  private final Tally tally = new Tally();
  private final Set<BridgeClient> clients = new HashSet<>();
  private Node node;
  private BridgeConfig config;
  private AllowList allowed;
  private NetServer server;

  @Override
  public Future<?> start() {
    node = Node.acquire(vertx, config());
    config = node.snapshot().config().bridge();
    if (!config.enabled()) {
      return Future.succeededFuture();
    }
    allowed = new AllowList(config);
    tally.show(GatewayMetrics.of(node));
    vertx.setPeriodic(Math.max(1, config.idleTimeoutMillis() / LOOKS), tick -> sweep());
    server = vertx.createNetServer(new NetServerOptions()).connectHandler(this::accept);
    return listen().onFailure(failure -> release());
  }

  private Future<NetServer> listen() {
    return server
        .listen(config.port(), config.host())
        .onSuccess(bound -> node.ports().bridge(bound.actualPort()))
        .recover(failure -> Future.failedFuture(explain(failure)));
  }

  private VertxException explain(Throwable failure) {
    String where = config.host() + ":" + config.port();
    String why = failure.getMessage();
    return new VertxException("Cannot listen on " + where + " for the bridge: " + why, true);
  }

  private void accept(NetSocket socket) {
    if (clients.size() >= config.maxConnections()) {
      tally.closed();
      socket.close();
      return;
    }
    BridgeClient client = new BridgeClient(socket, config, tally);
    Session session = new Session(vertx.eventBus(), allowed, client::write);
    clients.add(client);
    tally.opened();
    socket.closeHandler(
        closed -> {
          session.close();
          clients.remove(client);
          tally.gone();
        });
    client.open(session);
  }

  private void sweep() {
    long idle = TimeUnit.MILLISECONDS.toNanos(config.idleTimeoutMillis());
    long then = System.nanoTime() - idle;
    List.copyOf(clients).forEach(client -> client.sweep(then));
  }

  @Override
  public Future<?> stop() {
    Future<Void> turn = node.managed() ? node.gone(Role.INGRESS) : Future.succeededFuture();
    return turn.compose(gone -> server == null ? Future.succeededFuture() : server.close())
        .eventually(this::release);
  }

  private Future<Void> release() {
    node.ports().bridge(0);
    return node.release();
  }
}
