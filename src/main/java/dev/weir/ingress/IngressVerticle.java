package dev.weir.ingress;

import dev.weir.bus.Addresses;
import dev.weir.bus.Role;
import dev.weir.config.ListenerConfig;
import dev.weir.exchange.InFlight;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;

/**
 * Listens on every address of the configuration and turns requests into exchanges. Deployed alone
 * it needs the gateway's configuration as its own.
 *
 * <p>Undeploying it drains: it stops accepting, finishes what is in flight within {@code
 * drain.deadlineMillis}, closes idle connections after {@code drain.idleGraceMillis}.
 */
public final class IngressVerticle extends VerticleBase {

  /** How often connections are looked at; a timeout is noticed up to this late. */
  static final long TICK_MILLIS = 100;

  private final List<Listener> listeners = new ArrayList<>();
  private Node node;
  private int number;
  private IngressLane lane;
  private MessageConsumer<String> changes;
  private long ticker;

  @Override
  public Future<?> start() {
    node = Node.acquire(vertx, config());
    number = node.lanes().laneOf(context);
    lane = new IngressLane(vertx, context, node, number);
    changes = vertx.eventBus().localConsumer(Addresses.VIEW, change -> lane.refresh());
    ticker = vertx.setPeriodic(TICK_MILLIS, tick -> lane.tick());
    node.join(Role.INGRESS, number);
    InFlight.of(node).add(lane);
    List<ListenerConfig> configs = node.snapshot().config().ingress();
    for (int i = 0; i < configs.size(); i++) {
      listeners.add(new Listener(vertx, lane, configs.get(i), i));
    }
    return node.joined()
        .compose(joined -> Future.all(listeners.stream().map(Listener::listen).toList()))
        .onFailure(failure -> release());
  }

  @Override
  public Future<?> stop() {
    if (node.managed()) {
      node.stop();
    }
    lane.drain();
    return Future.join(listeners.stream().map(Listener::drain).toList())
        .otherwiseEmpty()
        .onComplete(drained -> lane.close())
        .compose(drained -> changes.unregister())
        .eventually(this::release);
  }

  private Future<Void> release() {
    vertx.cancelTimer(ticker);
    InFlight.of(node).remove(lane);
    node.leave(Role.INGRESS, number);
    return node.release();
  }
}
