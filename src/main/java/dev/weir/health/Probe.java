package dev.weir.health;

import io.vertx.core.Future;

/** One way to find out whether an endpoint works. Used by one {@link Prober}, one run at a time. */
interface Probe {

  /** Tries once. Fails, with the reason as its message, when the endpoint did not prove itself. */
  Future<Void> run();

  /** Gives up the run under way, because nobody waits for its result any longer. */
  default void cancel() {}

  /** Lets go of all connections; nothing is run after that. */
  default void close() {}
}
