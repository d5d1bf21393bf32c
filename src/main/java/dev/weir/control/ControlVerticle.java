package dev.weir.control;

import dev.weir.announce.Register;
import dev.weir.announce.Signatures;
import dev.weir.bus.Addresses;
import dev.weir.config.WeirConfig;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Answers commands. Deploy one a node. Deployed alone it needs the gateway's configuration as its
 * own.
 *
 * <p>{@code weir.control.<nodeId>} can be reached from the whole cluster. So can {@code
 * weir.control}, of whichever node, where commands have to be signed. Where they have not, that
 * address is a local one: it belongs to the node that the sender stands on, which alone may change
 * anything. What may deploy verticles into this JVM, or was bridged to its bus, is local.
 *
 * <p>It also takes the announcements of services, from anywhere in the cluster.
 */
public final class ControlVerticle extends VerticleBase {

  private Node node;
  private MessageConsumer<Object> shared;
  private MessageConsumer<Object> own;
  private Announcements announcements;
  private Nonces nonces;

  @Override
  public Future<?> start() {
    node = Node.acquire(vertx, config());
    return node.joined().compose(joined -> listen()).onFailure(failure -> node.release());
  }

  private Future<?> listen() {
    Trust trust = trust();
    Commands commands = Commands.of(vertx, node, trust);
    Handler<Message<Object>> answer = message -> commands.answer(message).onSuccess(message::reply);
    EventBus bus = vertx.eventBus();
    shared =
        trust.signs()
            ? bus.consumer(Addresses.CONTROL, answer)
            : bus.localConsumer(Addresses.CONTROL, answer);
    own = bus.consumer(Addresses.CONTROL + "." + node.id(), answer);
    announcements = announcements();
    return Future.all(shared.completion(), own.completion(), announcements.start(), nonces.begin());
  }

  private Announcements announcements() {
    Keys keys = new Keys(node.snapshot().config().control().all());
    Signatures signatures = new SignedAnnouncements(keys);
    Register register = new Register(vertx, node, signatures, System::currentTimeMillis);
    return new Announcements(vertx, signatures, register);
  }

  private Trust trust() {
    WeirConfig config = node.snapshot().config();
    long window = config.control().windowMillis();
    long patience = config.cluster().memberTimeoutMillis();
    LongSupplier forward = () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    nonces = new Nonces(vertx, window, patience, forward, System::currentTimeMillis);
    return new Trust(
        new Keys(config.control().commands()), nonces, window, System::currentTimeMillis);
  }

  @Override
  public Future<?> stop() {
    Future<Void> turn = node.managed() ? node.clientsGone() : Future.succeededFuture();
    return turn.compose(
            gone -> Future.join(shared.unregister(), own.unregister(), announcements.stop()))
        .eventually(node::release);
  }
}
