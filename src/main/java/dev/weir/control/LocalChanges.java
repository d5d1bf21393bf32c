package dev.weir.control;

import dev.weir.node.Events;
import dev.weir.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * The one way in which commands change what is this node's own, and no part of the configuration.
 * All methods run on the event loop of the control verticle.
 */
final class LocalChanges {

  private final Vertx vertx;
  private final Node node;
  private final Map<String, Pending> pending = new HashMap<>();

  /** A change that is to be taken back. */
  private record Pending(long timer, LocalChange change) {}

  LocalChanges(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
  }

  /**
   * Changes something, publishes an event and writes it to the journal, if it is a change.
   *
   * @param target what is changed; what was to be taken back there later stays, then
   * @param type the type of the event
   * @param details what the event says of the change
   * @return the answer: the version in force, the node, and whether it was a change
   */
  JsonObject apply(
      Caller caller,
      Terms terms,
      String target,
      String type,
      JsonObject details,
      LocalChange change) {
    long version = node.snapshot().version();
    if (terms.ifVersion() != null && terms.ifVersion() != version) {
      throw Refusal.stale(version);
    }
    boolean changed = terms.dryRun() ? change.isNews() : change.perform();
    if (!terms.dryRun()) {
      Pending before = cancel(target);
      if (changed) {
        caller.sign(details);
        tell(type, terms.ttlMillis() > 0 ? put(details, terms.ttlMillis()) : details);
        limit(terms.ttlMillis(), target, type, details, change);
      } else if (before != null) { // Said again: it is taken back later, or not at all.
        limit(terms.ttlMillis(), target, type, caller.sign(details), before.change());
      }
    }
    return new JsonObject().put("version", version).put("node", node.id()).put("changed", changed);
  }

  private static JsonObject put(JsonObject details, long ttlMillis) {
    return details.copy().put("ttlMillis", ttlMillis);
  }

  private Pending cancel(String target) {
    Pending found = pending.remove(target);
    if (found != null) {
      vertx.cancelTimer(found.timer());
    }
    return found;
  }

  private void limit(
      long millis, String target, String type, JsonObject details, LocalChange change) {
    if (millis > 0) {
      long timer =
          vertx.setTimer(
              millis,
              over -> {
                pending.remove(target);
                change.takeBack();
                tell(type, details.copy().put("takenBack", true));
              });
      pending.put(target, new Pending(timer, change));
    }
  }

  private void tell(String type, JsonObject details) {
    node.journal().append(Events.publish(vertx, node, type, details));
  }
}
