package dev.weir.remote;

import dev.weir.bus.Addresses;
import dev.weir.bus.Role;
import dev.weir.cluster.Mesh;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.ExchangeReceiver;
import dev.weir.exchange.ExchangeSender;
import dev.weir.exchange.InFlight;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Carries exchanges from a node that has no balancer or no upstream client to one that has both,
 * for the upstreams that are {@code remote}. Deploy one an event loop; where Vert.x is not
 * clustered, none. Deployed alone it needs the gateway's configuration as its own, and on every
 * node the health verticle, by which nodes know of one another.
 *
 * <p>It costs nothing but its timer until there is an upstream that is {@code remote}.
 */
public final class RemoteVerticle extends VerticleBase {

  /** How often links are looked at. */
  static final long TICK_MILLIS = 50;

  /** For how long exchanges are still taken when the other nodes were told that none are. */
  static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private Node node;
  private Doors doors;
  private Door door;
  private int number;
  private ExchangeReceiver receiver;
  private MessageConsumer<Object> frames;
  private MessageConsumer<String> changes;
  private boolean reachable; // By the frames of other nodes.
  private long ticker;
  private List<ExchangeSender> neighbours; // By lane.
  private Promise<Void> idle;
  private long idleAfter;

  @Override
  public Future<?> start() {
    node = Node.acquire(vertx, config());
    Mesh mesh = Mesh.of(vertx, node);
    doors = node.shared(Doors.class, () -> new Doors(node, mesh));
    number = doors.number();
    int lane = node.lanes().laneOf(context);
    EventLoop loop = ((ContextInternal) context).nettyEventLoop();
    ExchangeSender balancers = new ExchangeSender(vertx, node.lanes(), Role.BALANCER, lane);
    neighbours =
        IntStream.range(0, node.lanes().size())
            .mapToObj(each -> new ExchangeSender(vertx, node.lanes(), Role.REMOTE, each))
            .toList();
    GatewayMetrics metrics = GatewayMetrics.of(node);
    door = new Door(vertx, loop, node, mesh, number, metrics.lane(lane), balancers);
    ticker = vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    changes = vertx.eventBus().localConsumer(Addresses.VIEW, change -> open());
    return ExchangeReceiver.start(vertx, node, Role.REMOTE, lane, this::carry)
        .onSuccess(started -> receiver = started)
        .compose(started -> open())
        .onSuccess(opened -> InFlight.of(node).add(door))
        .onFailure(failure -> node.release());
  }

  /** Takes exchanges from other nodes once there is an upstream for which it may. */
  private Future<Void> open() {
    if (frames != null || idle != null || Doors.remote(node.snapshot()).isEmpty()) {
      return Future.succeededFuture();
    }
    // The consumer is never paused: what may come is bounded by credit.
    MessageConsumerOptions options =
        new MessageConsumerOptions()
            .setAddress(Door.address(node.id(), number))
            .setMaxBufferedMessages(Integer.MAX_VALUE);
    frames = vertx.eventBus().consumer(options, frame -> door.receive(frame.body()));
    return frames
        .completion()
        .onSuccess(
            registered -> {
              reachable = true;
              doors.open(number);
            });
  }

  private void carry(Exchange exchange) {
    EventLoop loop = exchange.downstream().loop();
    if (exchange.isCancelled()) {
      exchange.endCancelled();
    } else if (!reachable || !isForeign(exchange)) {
      ExchangeSender.refuse(exchange, missing(exchange));
    } else if (loop == door.loop()) {
      new Call(door, exchange).start();
    } else {
      forward(exchange, node.lanes().laneOf(loop));
    }
  }

  /** The door on the event loop of the client's connection has to take it. */
  private void forward(Exchange exchange, int lane) {
    if (node.lanes().isOn(Role.REMOTE, lane)) {
      neighbours.get(lane).send(exchange);
    } else {
      ExchangeSender.refuse(exchange, Role.REMOTE);
    }
  }

  /** Whether another node may serve it from its beginning. */
  private boolean isForeign(Exchange exchange) {
    Upstream upstream = node.snapshot().upstreams().get(exchange.upstream());
    boolean here = exchange.downstream() instanceof Served;
    boolean begun = exchange.isScout() || exchange.retried();
    return upstream != null && upstream.config().remote() && !here && !begun;
  }

  private static Role missing(Exchange exchange) {
    return exchange.endpoint() == null ? Role.BALANCER : Role.UPSTREAM;
  }

  private void tick() {
    doors.refresh();
    door.tick();
    if (idle != null && System.nanoTime() - idleAfter >= 0 && door.isIdle()) {
      idle.tryComplete();
    }
  }

  @Override
  public Future<?> stop() {
    Future<Void> turn = node.managed() ? node.gone(Role.INGRESS) : Future.succeededFuture();
    if (node.managed()) {
      node.drain();
    }
    doors.close(number);
    long deadline = node.snapshot().config().drain().deadlineMillis();
    long timer = vertx.setTimer(Math.max(1, deadline), late -> door.breakLinks());
    return turn.compose(gone -> whenIdle())
        .compose(idle -> receiver.stop(vertx))
        .compose(stopped -> leave())
        .onComplete(left -> vertx.cancelTimer(timer))
        .eventually(() -> node.release());
  }

  private Future<Void> whenIdle() {
    idle = Promise.promise();
    idleAfter = frames == null ? System.nanoTime() : System.nanoTime() + GRACE_NANOS;
    tick();
    return idle.future();
  }

  private Future<Void> leave() {
    door.close();
    InFlight.of(node).remove(door);
    vertx.cancelTimer(ticker);
    Future<Void> unregistered = frames == null ? Future.succeededFuture() : frames.unregister();
    return Future.join(unregistered, changes.unregister())
        .<Void>mapEmpty()
        .onComplete(done -> door.breakLinks());
  }
}
