package dev.weir.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/** A clock that only a test moves, and the timers that run by it. */
final class ManualTimers implements Timers, LongSupplier {

  private record Timer(long ticket, long atMillis, Runnable task) {}

  private final List<Timer> timers = new ArrayList<>();
  private long nowMillis;
  private long tickets;

  @Override
  public long set(long delayMillis, Runnable task) {
    if (delayMillis < 1) {
      throw new IllegalArgumentException("delayMillis: " + delayMillis + " (expected: >= 1)");
    }
    timers.add(new Timer(++tickets, nowMillis + delayMillis, task));
    return tickets;
  }

  @Override
  public void cancel(long ticket) {
    timers.removeIf(timer -> timer.ticket == ticket);
  }

  /** Moves the clock, and runs what is due on the way at its own time. */
  void advance(long millis) {
    long target = nowMillis + millis;
    Timer next;
    while ((next = next()) != null && next.atMillis <= target) {
      nowMillis = next.atMillis;
      timers.remove(next);
      next.task.run();
    }
    nowMillis = target;
  }

  private Timer next() {
    return timers.stream()
        .min(Comparator.comparingLong(Timer::atMillis).thenComparingLong(Timer::ticket))
        .orElse(null);
  }

  int pending() {
    return timers.size();
  }

  long nowMillis() {
    return nowMillis;
  }

  @Override
  public long getAsLong() {
    return nowMillis * 1_000_000;
  }
}
