package dev.weir.replica;

import io.vertx.core.Future;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes back what was to last for a while only. The node that made the change does it; should it be
 * gone by then, the others do.
 */
final class Reverts {

  /** How much longer than the node that made the change the others wait. */
  static final long PATIENCE_MILLIS = 2000;

  private static final Logger LOG = LoggerFactory.getLogger(Reverts.class);

  private final String node;
  private final Chain chain;
  private final Surroundings around;
  private final Function<Proposal, Future<Outcome>> propose;
  private final Set<String> pending = new HashSet<>();

  Reverts(
      String node, Chain chain, Surroundings around, Function<Proposal, Future<Outcome>> propose) {
    this.node = node;
    this.chain = chain;
    this.around = around;
    this.propose = propose;
  }

  /** A change was made. */
  void add(Entry entry) {
    if (entry.ttlMillis() > 0 && pending.add(entry.head().id())) {
      long end = entry.at().toEpochMilli() + entry.ttlMillis();
      long left = Math.max(1, end - around.now().toEpochMilli());
      long patience = entry.node().equals(node) ? 0 : PATIENCE_MILLIS;
      around.after(Math.min(left, entry.ttlMillis()) + patience, () -> due(entry));
    }
  }

  private void due(Entry entry) {
    String id = entry.head().id();
    pending.remove(id);
    boolean done = chain.history().stream().anyMatch(each -> id.equals(each.reverts()));
    if (!done) {
      JsonObject details = entry.details().copy();
      details.put("revertOf", entry.head().version());
      Proposal proposal =
          new Proposal(null, false, 0, details, config -> entry.delta().undo(config), id);
      propose.apply(proposal).onFailure(failure -> failed(entry, failure));
    }
  }

  private void failed(Entry entry, Throwable failure) {
    if (failure instanceof Rejection.Unavailable) {
      pending.add(entry.head().id());
      around.after(PATIENCE_MILLIS, () -> due(entry));
    } else {
      String what = "Version " + entry.head().version() + " can't be taken back: ";
      LOG.error(what + failure.getMessage());
    }
  }
}
