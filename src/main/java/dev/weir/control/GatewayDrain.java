package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.node.Node;
import io.vertx.core.json.JsonObject;

/**
 * Sends the clients of this node elsewhere: it is not ready any longer, and connections are closed
 * after their current request. The listeners stay open until the gateway is undeployed, so that
 * nobody is turned away before a load balancer has noticed. Takes {@link Terms}. Publishes an event
 * of type {@code drain}; doing it again changes nothing.
 */
final class GatewayDrain implements Command, LocalChange {

  private final Node node;
  private final LocalChanges local;

  GatewayDrain(Node node, LocalChanges local) {
    this.node = node;
    this.local = local;
  }

  @Override
  public String op() {
    return "gateway.drain";
  }

  @Override
  public Action read(ObjectReader fields) {
    Terms terms = Terms.read(fields);
    JsonObject details = new JsonObject().put("op", op());
    return Action.by(
        caller ->
            local
                .apply(caller, terms, GatewayResume.TARGET, "drain", details, this)
                .put("draining", node.draining()));
  }

  @Override
  public boolean isNews() {
    return !node.draining();
  }

  @Override
  public boolean perform() {
    return node.drain();
  }

  @Override
  public void takeBack() {
    node.resume();
  }
}
