package dev.weir.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Deadlines that are all as far away when they are set, so that they come in that order: one timer
 * does for all of them, and is set again when it has come rather than for each. Most never come.
 * Only for one event loop.
 */
final class Deadlines {

  private record Deadline(long ticket, long setNanos) {}

  private final long delayMillis;
  private final Timers timers;
  private final LongSupplier nanos;
  private final Map<Long, Runnable> tasks;
  private final Deque<Deadline> queue = new ArrayDeque<>();
  private boolean waits;

  /**
   * @param delayMillis how far away they are, at least 1
   * @param tasks what is to be done by ticket; who takes it out has cancelled it
   */
  Deadlines(long delayMillis, Timers timers, LongSupplier nanos, Map<Long, Runnable> tasks) {
    this.delayMillis = delayMillis;
    this.timers = timers;
    this.nanos = nanos;
    this.tasks = tasks;
  }

  /** Sets the deadline of a task. */
  void add(long ticket) {
    dropCancelled();
    queue.add(new Deadline(ticket, nanos.getAsLong()));
    if (!waits) {
      await(delayMillis);
    }
  }

  private void dropCancelled() {
    while (!queue.isEmpty() && !tasks.containsKey(queue.peek().ticket)) {
      queue.remove();
    }
  }

  private void await(long millis) {
    waits = true;
    timers.set(millis, this::wake);
  }

  private void wake() {
    dropCancelled();
    while (!queue.isEmpty() && leftMillis() <= 0) {
      GatheredTimers.run(tasks.remove(queue.remove().ticket));
      dropCancelled();
    }
    waits = false;
    if (!queue.isEmpty()) {
      await(leftMillis());
    }
  }

  /** How long the first one is still away, rounded up. */
  private long leftMillis() {
    return delayMillis - TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - queue.peek().setNanos);
  }
}
