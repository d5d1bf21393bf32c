package dev.weir.exchange;

import dev.weir.bus.Role;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import java.util.function.Consumer;

/** Receives exchanges for one instance of a role, on the shared address and on that of its lane. */
public final class ExchangeReceiver {

  private final Node node;
  private final Role role;
  private final int lane;
  private final MessageConsumer<Exchange> shared;
  private final MessageConsumer<Exchange> own;

  private ExchangeReceiver(
      Node node,
      Role role,
      int lane,
      MessageConsumer<Exchange> shared,
      MessageConsumer<Exchange> own) {
    this.node = node;
    this.role = role;
    this.lane = lane;
    this.shared = shared;
    this.own = own;
  }

  /** Starts to receive on the current context; completes when senders can reach it. */
  public static Future<ExchangeReceiver> start(
      Vertx vertx, Node node, Role role, int lane, Consumer<Exchange> handler) {
    ExchangeSender.register(vertx.eventBus());
    MessageConsumer<Exchange> shared = consume(vertx, role.address(), handler);
    MessageConsumer<Exchange> own = consume(vertx, node.lanes().laneAddress(role, lane), handler);
    ExchangeReceiver receiver = new ExchangeReceiver(node, role, lane, shared, own);
    return Future.all(shared.completion(), own.completion())
        .map(
            done -> {
              node.join(role, lane);
              return receiver;
            });
  }

  private static MessageConsumer<Exchange> consume(
      Vertx vertx, String address, Consumer<Exchange> handler) {
    // The consumer is never paused: the bound only has to be out of the way.
    MessageConsumerOptions options =
        new MessageConsumerOptions()
            .setAddress(address)
            .setLocalOnly(true)
            .setMaxBufferedMessages(Integer.MAX_VALUE);
    return vertx.eventBus().consumer(options, (Message<Exchange> m) -> handler.accept(m.body()));
  }

  /**
   * Stops receiving. Senders are turned away first; what they had sent by then is still received,
   * because the consumers go only in a later turn of the event loop.
   */
  public Future<Void> stop(Vertx vertx) {
    node.leave(role, lane);
    return vertx
        .timer(1)
        .compose(tick -> Future.join(own.unregister(), shared.unregister()))
        .mapEmpty();
  }
}
