package dev.weir.control;

import dev.weir.announce.Register;
import dev.weir.bus.Addresses;
import dev.weir.bus.Role;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;

/**
 * Answers commands on {@code weir.control} and {@code weir.control.<nodeId>}. Deploy one a node.
 * Deployed alone it needs the gateway's configuration as its own.
 *
 * <p>A command is only accepted from the node itself: both addresses are registered locally, so the
 * bus brings nothing here that another member of the cluster has sent. What may deploy verticles
 * into this JVM, or was bridged to its bus, may operate the gateway.
 *
 * <p>It also takes the announcements of services, from anywhere in the cluster.
 */
public final class ControlVerticle extends VerticleBase {

  private Node node;
  private MessageConsumer<Object> shared;
  private MessageConsumer<Object> own;
  private Announcements announcements;

  @Override
  public Future<?> start() {
    node = Node.acquire(vertx, config());
    return node.joined().compose(joined -> listen()).onFailure(failure -> node.release());
  }

  private Future<?> listen() {
    Commands commands = Commands.of(vertx, node);
    shared = consume(Addresses.CONTROL, commands);
    own = consume(Addresses.CONTROL + "." + node.id(), commands);
    announcements = new Announcements(vertx, new Register(vertx, node));
    return Future.all(shared.completion(), own.completion(), announcements.start());
  }

  private MessageConsumer<Object> consume(String address, Commands commands) {
    return vertx
        .eventBus()
        .localConsumer(
            address, message -> commands.answer(message.body()).onSuccess(message::reply));
  }

  @Override
  public Future<?> stop() {
    Future<Void> turn = node.managed() ? node.gone(Role.INGRESS) : Future.succeededFuture();
    return turn.compose(
            gone -> Future.join(shared.unregister(), own.unregister(), announcements.stop()))
        .eventually(node::release);
  }
}
