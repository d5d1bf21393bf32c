package dev.weir.replica;

import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.List;

/** Sees to it that little is to be read by who joins, and little is kept. */
final class Upkeep {

  /** After how many changes the whole configuration is put down again; well within the history. */
  static final int CHANGES = Chain.HISTORY / 2;

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Chain chain;
  private final Store store;
  private long base = 1;
  private boolean writing;

  Upkeep(Chain chain, Store store) {
    this.chain = chain;
    this.store = store;
  }

  /** The whole configuration of that version is there. */
  void found(long version) {
    base = version;
  }

  /**
   * This node has made a change.
   *
   * @param dropped the change that nobody remembers from now on; null when there is none
   */
  void after(Entry dropped) {
    if (dropped != null && dropped.head().version() <= base) {
      store.trim(List.of(dropped));
    }
    if (chain.head().version() - base >= CHANGES && !writing) {
      writing = true;
      long version = chain.head().version();
      store
          .base(chain.base())
          .onSuccess(written -> found(version))
          .onFailure(failure -> LOG.warn("Cannot keep the configuration: " + failure.getMessage()))
          .onComplete(done -> writing = false);
    }
  }
}
