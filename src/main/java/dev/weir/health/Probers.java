package dev.weir.health;

import io.vertx.core.Future;

/** Makes the probers of one node, each for one endpoint as the configuration wants it. */
interface Probers {

  /**
   * Makes one, which is not started.
   *
   * @param firstDecides whether the first result decides at once
   */
  Prober prober(Watched watched, boolean firstDecides, Prober.Listener listener);

  /** The time, by the clock of all probers. */
  long nanos();

  /** Lets go of what they share. */
  Future<Void> close();
}
