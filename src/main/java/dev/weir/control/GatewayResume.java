package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.node.Node;
import io.vertx.core.json.JsonObject;

/**
 * Takes {@code gateway.drain} back: this node is ready again, and keeps connections. Takes {@link
 * Terms}. A node that stops can't resume. Publishes an event of type {@code resume}.
 */
final class GatewayResume implements Command, LocalChange {

  /** What both this command and its opposite change. */
  static final String TARGET = "gateway";

  private final Node node;
  private final LocalChanges local;

  GatewayResume(Node node, LocalChanges local) {
    this.node = node;
    this.local = local;
  }

  @Override
  public String op() {
    return "gateway.resume";
  }

  @Override
  public Action read(ObjectReader fields) {
    Terms terms = Terms.read(fields);
    JsonObject details = new JsonObject().put("op", op());
    return Action.by(
        caller -> {
          if (node.stopping()) {
            throw new Refusal(Refusal.UNAVAILABLE, "the node stops", "");
          }
          return local
              .apply(caller, terms, TARGET, "resume", details, this)
              .put("draining", node.draining());
        });
  }

  @Override
  public boolean isNews() {
    return node.draining();
  }

  @Override
  public boolean perform() {
    return node.resume();
  }

  @Override
  public void takeBack() {
    node.drain();
  }
}
