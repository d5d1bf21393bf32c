package dev.weir.health;

import io.vertx.core.Future;

/** One way to find out whether an endpoint works. Used by one {@link Prober}, one run at a time. */
interface Probe {

  /**
   * Tries once. Completes with whether the endpoint calls itself degraded; fails, with the reason
   * as its message, when it did not prove itself.
   */
  Future<Boolean> run();

  /** Gives up the run under way, because nobody waits for its result any longer. */
  default void cancel() {}

  /** Lets go of all connections; nothing is run after that. */
  default void close() {}
}
