package dev.weir.replica;

import io.vertx.core.Future;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Brings a replica to the state of all, change by change where they are there. */
final class CatchUp {

  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

  private final Chain chain;
  private final Store store;
  private final Consumer<Entry> follow;
  private final Consumer<Contents> adopted;
  private Future<Void> running = Future.succeededFuture();
  private Future<Void> next; // Null where nobody has asked since the running one began.

  /**
   * @param follow makes the next change
   * @param adopted is told that another state was taken over
   */
  CatchUp(Chain chain, Store store, Consumer<Entry> follow, Consumer<Contents> adopted) {
    this.chain = chain;
    this.store = store;
    this.follow = follow;
    this.adopted = adopted;
  }

  /** Begins; where it has begun it begins once more then: the others may have come further. */
  Future<Void> run() {
    if (next != null) {
      return next;
    }
    if (running.isComplete()) {
      return begin();
    }
    next = running.transform(done -> begin());
    return next;
  }

  private Future<Void> begin() {
    next = null;
    Head since = chain.head();
    running = store.head().compose(target -> to(target, since));
    return running;
  }

  private Future<Void> to(Head target, Head since) {
    if (target == null) {
      return restore();
    }
    if (target.equals(chain.head()) || isOvertaken(target, since)) {
      return Future.succeededFuture();
    }
    return chain.knows(target.id()) ? read() : back(target.id(), new ArrayDeque<>());
  }

  /**
   * Whether more was heard of while the answer was on its way. A state of all that is older than
   * what this node had when it asked is another matter: there was a split, and this node was in the
   * part whose changes do not count.
   */
  private boolean isOvertaken(Head target, Head since) {
    return chain.knows(target.id()) && !chain.head().equals(since);
  }

  private Future<Void> read() {
    Head since = chain.head();
    return store
        .read()
        .map(
            contents -> {
              Head target = contents.head();
              boolean there = chain.head().equals(target);
              return there || target != null && isOvertaken(target, since) ? null : take(contents);
            });
  }

  private Future<Void> restore() {
    LOG.warn("The cluster has lost its configuration; this node puts it back");
    return store.restore(chain.base(), chain.history()).mapEmpty();
  }

  private Future<Void> back(String id, Deque<Entry> missed) {
    return store
        .entry(id)
        .compose(
            entry -> {
              if (entry == null || missed.size() == Chain.HISTORY) {
                return read();
              }
              missed.addFirst(entry);
              return chain.isFollowedBy(entry)
                  ? Future.succeededFuture().map(found -> make(missed))
                  : back(entry.parent().id(), missed);
            });
  }

  private Void make(Deque<Entry> missed) {
    for (Entry entry : missed) {
      if (chain.isFollowedBy(entry)) { // Or it was heard of in the meantime.
        follow.accept(entry);
      }
    }
    return null;
  }

  /** Takes over the state of all, whatever this one's is. */
  Void take(Contents contents) {
    if (contents.base() == null) {
      restore();
    } else if (contents.isWhole()) {
      chain.adopt(contents);
      LOG.info("Took over version " + chain.head().version() + " of the cluster's configuration");
      adopted.accept(contents);
    } else {
      throw new IllegalStateException("Changes are missing from the cluster's configuration");
    }
    return null;
  }
}
