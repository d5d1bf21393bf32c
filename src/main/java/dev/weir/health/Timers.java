package dev.weir.health;

import io.vertx.core.Vertx;

/** Runs things later, on the event loop of the caller. */
interface Timers {

  /**
   * Runs {@code task} once, after {@code delayMillis}, at least 1. Returns a ticket to cancel it.
   */
  long set(long delayMillis, Runnable task);

  /** The same, but the task may run a little sooner, together with others. */
  default long setLoosely(long delayMillis, Runnable task) {
    return set(delayMillis, task);
  }

  /**
   * The same, for a task that is cancelled as a rule: it costs little as long as it does not run.
   */
  default long setDeadline(long delayMillis, Runnable task) {
    return set(delayMillis, task);
  }

  /** Forgets a task; nothing happens when it has run. */
  void cancel(long ticket);

  static Timers of(Vertx vertx) {
    return new Timers() {
      @Override
      public long set(long delayMillis, Runnable task) {
        return vertx.setTimer(delayMillis, fired -> task.run());
      }

      @Override
      public void cancel(long ticket) {
        vertx.cancelTimer(ticket);
      }
    };
  }
}
