package dev.weir.health;

import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Timers of which those that may come a little sooner come together: time is cut into steps, and
 * what is due within one runs at its start. Of hundreds of probes each second each would wake its
 * event loop by itself otherwise, which costs more than the probe. Only for one event loop.
 */
final class GatheredTimers implements Timers {

  /** How much sooner a task may run; few enough probes fall into it not to be a burst. */
  static final long STEP_MILLIS = 25;

  /** What waits for less than so many steps is left alone. */
  private static final long LEAST_STEPS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(GatheredTimers.class);

  private final Timers timers;
  private final LongSupplier nanos;
  private final Map<Long, List<Long>> steps = new HashMap<>();
  private final Map<Long, Deadlines> deadlines = new HashMap<>();
  private final Map<Long, Runnable> tasks = new HashMap<>();
  private long last;

  GatheredTimers(Timers timers, LongSupplier nanos) {
    this.timers = timers;
    this.nanos = nanos;
  }

  @Override
  public long set(long delayMillis, Runnable task) {
    return timers.set(delayMillis, task);
  }

  /** The ticket is below 0, so that it is no other's. */
  @Override
  public long setLoosely(long delayMillis, Runnable task) {
    if (delayMillis < LEAST_STEPS * STEP_MILLIS) {
      return timers.set(delayMillis, task);
    }
    long now = TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    long step = Math.floorDiv(now + delayMillis, STEP_MILLIS);
    tasks.put(--last, task);
    steps.computeIfAbsent(step, fresh -> begin(fresh, step * STEP_MILLIS - now)).add(last);
    return last;
  }

  private List<Long> begin(long step, long delayMillis) {
    timers.set(delayMillis, () -> run(steps.remove(step)));
    return new ArrayList<>();
  }

  private void run(List<Long> tickets) {
    for (Long ticket : tickets) {
      Runnable task = tasks.remove(ticket);
      if (task != null) {
        run(task);
      }
    }
  }

  /** One that fails must not keep the others from running. */
  static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("A probe could not be started", e);
    }
  }

  @Override
  public long setDeadline(long delayMillis, Runnable task) {
    tasks.put(--last, task);
    deadlines
        .computeIfAbsent(delayMillis, fresh -> new Deadlines(fresh, timers, nanos, tasks))
        .add(last);
    return last;
  }

  @Override
  public void cancel(long ticket) {
    if (ticket < 0) {
      tasks.remove(ticket);
    } else {
      timers.cancel(ticket);
    }
  }
}
