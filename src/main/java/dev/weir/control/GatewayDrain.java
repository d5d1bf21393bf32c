package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.node.Events;
import dev.weir.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/**
 * Sends the clients of this node elsewhere: it is not ready any longer, and connections are closed
 * after their current request. The listeners stay open until the gateway is undeployed, so that
 * nobody is turned away before a load balancer has noticed. Publishes an event of type {@code
 * drain}; doing it again changes nothing.
 */
final class GatewayDrain implements Command {

  private final Vertx vertx;
  private final Node node;

  GatewayDrain(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
  }

  @Override
  public String op() {
    return "gateway.drain";
  }

  @Override
  public Action read(ObjectReader fields) {
    return Action.of(this::drain);
  }

  private JsonObject drain() {
    if (node.drain()) {
      Events.publish(vertx, node, "drain", new JsonObject().put("op", op()));
    }
    return new JsonObject().put("version", node.snapshot().version()).put("draining", true);
  }
}
