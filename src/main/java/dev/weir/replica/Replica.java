package dev.weir.replica;

import dev.weir.config.Delta;
import dev.weir.config.References;
import dev.weir.config.WeirConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** The configuration as this node has it, and the way to change it everywhere. */
public final class Replica {

  /** Puts a configuration in force. */
  public interface Installer {

    /**
     * Called on the event loop of the replica, one state after the other.
     *
     * @param entry the change that led to it from the last one; null when there were several
     */
    void install(WeirConfig config, long version, Entry entry);
  }

  /** A change and what comes of it. */
  private record Step(Delta delta, WeirConfig after) {}

  private record Waiting(Proposal proposal, Promise<Outcome> outcome) {}

  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

  /** How many changes may wait for the one that is being made. */
  private static final int MAX_WAITING = 256;

  /** How often a change is made anew because that of another node came first. */
  private static final int MAX_TRIES = 100;

  private final String node;
  private final int minNodes;
  private final boolean seeds;
  private final Chain chain;
  private final Store store;
  private final Surroundings around;
  private final Installer installer;
  private final Reverts reverts;
  private final CatchUp catchUp;
  private final Upkeep upkeep;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private boolean busy;
  private boolean gone;
  private volatile boolean founder;
  private volatile boolean joined;
  private volatile boolean cutOff;

  /**
   * @param node the id of the node
   * @param own what the node was started with
   */
  Replica(String node, WeirConfig own, Store store, Surroundings around, Installer installer) {
    this.node = node;
    this.store = store;
    this.around = around;
    this.installer = installer;
    minNodes = own.cluster().minNodes();
    seeds = own.cluster().seeds();
    chain = new Chain(own);
    reverts = new Reverts(node, chain, around, this::propose);
    upkeep = new Upkeep(chain, store);
    catchUp = new CatchUp(chain, store, this::followed, this::adopted);
  }

  /** Takes part: from then on, the state of all is that of this node. */
  public Future<Void> join() {
    Promise<Void> done = Promise.promise();
    around.run(
        () ->
            around.open(this).compose(open -> store.open()).compose(this::begin).onComplete(done));
    return done.future();
  }

  private Future<Void> begin(Contents contents) {
    if (contents.base() != null) {
      catchUp.take(contents);
      begun();
      return seeds ? propose(seed()).mapEmpty() : Future.succeededFuture();
    }
    return store
        .found(chain.base())
        .compose(first -> first ? founded() : store.read().compose(this::begin));
  }

  private Future<Void> founded() {
    founder = true;
    begun();
    return Future.succeededFuture();
  }

  private void begun() {
    joined = true;
    next();
  }

  private Proposal seed() {
    WeirConfig own = chain.own();
    return Proposal.of(new JsonObject().put("op", "seed"), config -> config.withShared(own));
  }

  /** Takes part no longer. What waits fails. */
  public Future<Void> leave() {
    Promise<Void> left = Promise.promise();
    around.run(
        () -> {
          joined = false;
          gone = true;
          waiting.forEach(each -> each.outcome.fail(unavailable("the node stops")));
          waiting.clear();
          around.close().eventually(store::close).onComplete(left);
        });
    return left.future();
  }

  /**
   * Changes the configuration of all nodes.
   *
   * @return what has become of it; fails with a {@link Rejection} or what the edit throws
   */
  public Future<Outcome> propose(Proposal proposal) {
    Promise<Outcome> outcome = Promise.promise();
    around.run(() -> enqueue(new Waiting(proposal, outcome)));
    return outcome.future();
  }

  private void enqueue(Waiting one) {
    if (gone) {
      one.outcome.fail(unavailable("the node stops"));
    } else if (waiting.size() >= MAX_WAITING) {
      one.outcome.fail(unavailable("too many changes wait"));
    } else {
      waiting.add(one);
      next();
    }
  }

  private void next() {
    if (joined && !busy && !waiting.isEmpty()) {
      busy = true;
      Waiting one = waiting.poll();
      attempt(one.proposal, MAX_TRIES)
          .onComplete(
              result -> {
                busy = false;
                one.outcome.handle(result);
                next();
              });
    }
  }

  private Future<Outcome> attempt(Proposal proposal, int tries) {
    Step step;
    try {
      step = check(proposal);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
    Delta delta = step.delta();
    boolean idle = proposal.reverts() != null && delta.isEmpty();
    if (proposal.dryRun() || idle) {
      return Future.succeededFuture(new Outcome(chain.head().version(), delta));
    }
    if (tries == 0) {
      return Future.failedFuture(unavailable("other nodes change too much"));
    }
    Entry entry = entry(proposal, delta);
    return store
        .advance(chain.head(), entry)
        .recover(failure -> Future.failedFuture(lost(failure)))
        .compose(
            won ->
                won
                    ? commit(entry, step.after())
                    : catchUp
                        .run()
                        .recover(failure -> Future.failedFuture(lost(failure)))
                        .compose(there -> attempt(proposal, tries - 1)));
  }

  /** What the proposal would change; fails where it may not. */
  private Step check(Proposal proposal) {
    WeirConfig config = chain.config();
    long version = chain.head().version();
    if (proposal.ifVersion() != null && proposal.ifVersion() != version) {
      throw new Rejection.Stale(version);
    }
    WeirConfig next = proposal.edit().apply(config);
    List<String> local = Delta.local(config, next);
    if (!local.isEmpty()) {
      throw new Rejection.Local(local);
    }
    if (store.members() < minNodes) {
      throw unavailable("fewer than " + minNodes + " members are left of the cluster");
    }
    Delta delta = Delta.between(config, next);
    WeirConfig after = delta.apply(config); // As every node will make it.
    References.check(delta, after); // What fails it gets to no other node.
    return new Step(delta, after);
  }

  private Entry entry(Proposal proposal, Delta delta) {
    Head head = new Head(chain.nextVersion(), UUID.randomUUID().toString());
    return new Entry(
        head,
        chain.head(),
        around.now(),
        node,
        proposal.details(),
        delta,
        proposal.ttlMillis(),
        proposal.reverts());
  }

  private Future<Outcome> commit(Entry entry, WeirConfig after) {
    Outcome outcome = new Outcome(entry.head().version(), entry.delta());
    boolean next = chain.isFollowedBy(entry);
    if (next) {
      followed(entry, after);
    }
    around.publish(new JsonObject().put("node", node).put("head", entry.head().text()));
    // Else this node has looked meanwhile, or the cluster was split, and is whole again.
    return next ? Future.succeededFuture(outcome) : catchUp.run().map(outcome).otherwise(outcome);
  }

  private void followed(Entry entry) {
    followed(entry, entry.delta().apply(chain.config()));
  }

  private void followed(Entry entry, WeirConfig after) {
    Entry dropped = chain.follow(entry, after);
    installer.install(chain.config(), entry.head().version(), entry);
    reverts.add(entry);
    if (entry.node().equals(node)) {
      upkeep.after(dropped);
    }
  }

  private void adopted(Contents contents) {
    upkeep.found(contents.base().head().version());
    chain.history().forEach(reverts::add);
    if (!chain.isBehindItself()) {
      installer.install(chain.config(), chain.head().version(), null);
    }
  }

  /**
   * Where the cluster was split and this node has come further than the others, a change of nothing
   * gives their state a version that is new to all. Until then this node keeps what it has: no
   * version stands for two states, and none follows a greater one.
   */
  private void mend() {
    if (chain.isBehindItself() && !busy) {
      propose(Proposal.of(new JsonObject().put("op", "merge"), config -> config));
    }
  }

  /**
   * Another node says that it has made a change. Any member of the cluster may say so; what counts
   * is what stands in the map, so that is looked at.
   */
  void heard(Object message) {
    if (message instanceof JsonObject json && !node.equals(json.getValue("node"))) {
      if (json.getValue("head") instanceof String head && !chain.isAt(head)) {
        look();
      }
    }
  }

  /** Looks whether it has missed anything. */
  void look() {
    if (joined) {
      catchUp.run().onComplete(there -> reached(), this::lost);
    }
  }

  private void reached() {
    cutOff = false;
    mend();
  }

  private Rejection lost(Throwable failure) {
    if (joined && !cutOff) {
      LOG.warn("The configuration of the cluster can't be reached: " + failure.getMessage());
    }
    cutOff = true;
    return unavailable("the configuration of the cluster can't be reached");
  }

  private static Rejection unavailable(String message) {
    return new Rejection.Unavailable(message);
  }

  /**
   * Whether nobody else was there when this node joined, and so the configuration of all began with
   * the one that it was started with. Any thread may ask.
   */
  public boolean isFounder() {
    return founder;
  }

  /** The last changes, the oldest first. Any thread may ask. */
  public List<Entry> history() {
    return chain.history();
  }

  /** Whether this node knows what the others have agreed on, and can agree with them. */
  public boolean isWhole() {
    return joined && !cutOff && store.members() >= minNodes;
  }
}
