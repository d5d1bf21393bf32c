package dev.weir.resilience;

import dev.weir.config.CircuitBreakerConfig;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a circuit breaker has to do, said as plainly as can be. For one thread. */
final class BreakerModel {

  private record Result(long stretch, boolean failed, boolean slow) {}

  private final CircuitBreakerConfig config;
  private final Deque<Result> results = new ArrayDeque<>();
  State state = State.CLOSED;
  long sequence;
  private long windowStart;
  private long until;
  private int openings;
  private int lent;
  private int[] told = new int[3];
  private int succeeded;

  BreakerModel(CircuitBreakerConfig config, long now) {
    this.config = config;
    this.windowStart = now;
  }

  /** Returns whether the call may be made; its permit is known by the sequence at that moment. */
  boolean acquire(long now) {
    poll(now);
    switch (state) {
      case OPEN, FORCED_OPEN -> {
        return false;
      }
      case HALF_OPEN -> {
        boolean free = lent + succeeded < config.successThreshold();
        lent += free ? 1 : 0;
        return free;
      }
      default -> {
        return true;
      }
    }
  }

  void poll(long now) {
    if (state == State.OPEN && now - until >= 0) {
      change(State.HALF_OPEN, now);
      lent = 0;
      succeeded = 0;
    }
  }

  void answered(long permit, boolean failed, long nanos, double random, long now) {
    boolean slow = config.slowMillis() > 0 && nanos >= config.slowMillis() * Breakers.MILLI;
    if (permit != sequence) {
      return;
    }
    if (state == State.HALF_OPEN && (failed || slow)) {
      results.addLast(new Result(0, failed, slow));
      open(random, now);
    } else if (state == State.HALF_OPEN) {
      results.addLast(new Result(0, false, false));
      lent--;
      succeeded++;
      if (succeeded == config.successThreshold()) {
        close(State.CLOSED, now);
      }
    } else {
      record(failed, slow, random, now);
    }
  }

  void broke(long permit, double random, long now) {
    if (permit == sequence && state == State.HALF_OPEN) {
      results.addLast(new Result(0, true, false));
      open(random, now);
    } else if (permit == sequence) {
      record(true, false, random, now);
    }
  }

  void cancel(long permit) {
    if (permit == sequence && state == State.HALF_OPEN) {
      lent--;
    }
  }

  void force(State to, long now) {
    if (state == to && to != State.CLOSED) {
      return;
    }
    if (to == State.CLOSED || to == State.FORCED_CLOSED) {
      close(to, now);
    } else {
      change(to, now);
      results.clear();
      openings = 0;
    }
  }

  private void close(State to, long now) {
    change(to, now);
    results.clear();
    openings = 0;
    windowStart = now;
  }

  private void open(double random, long now) {
    change(State.OPEN, now);
    results.clear();
    openings++;
    double millis = config.openMillis();
    for (int i = 1; i < openings; i++) {
      millis *= config.openMultiplier();
    }
    millis = Math.min(millis, config.maxOpenMillis());
    until =
        now + (long) (millis * (1 + random * config.openJitterPercent() / 100) * Breakers.MILLI);
  }

  private void change(State to, long now) {
    told = numbers(now);
    state = to;
    sequence++;
  }

  private void record(boolean failed, boolean slow, double random, long now) {
    if (state != State.CLOSED && state != State.FORCED_CLOSED) {
      return;
    }
    results.addLast(new Result(stretch(now), failed, slow));
    evict(now);
    if (state == State.CLOSED && (failed || slow) && mustOpen()) {
      open(random, now);
    }
  }

  private boolean isTimed() {
    return config.window().equals(CircuitBreakerConfig.TIME);
  }

  private long stretch(long now) {
    return (now - windowStart) / (config.windowMillis() * Breakers.MILLI / 10);
  }

  private void evict(long now) {
    if (isTimed()) {
      results.removeIf(result -> result.stretch <= stretch(now) - 10);
    } else if (results.size() > config.windowSize()) {
      results.removeFirst();
    }
  }

  private boolean mustOpen() {
    int[] counts = counts();
    if (!isTimed()) {
      return counts[1] >= config.failureThreshold()
          || counts[0] == config.windowSize()
              && counts[2] * 100 >= config.slowPercent() * config.windowSize();
    }
    return counts[0] >= config.minimumCalls()
        && (counts[1] * 100 >= config.failurePercent() * counts[0]
            || counts[2] * 100 >= config.slowPercent() * counts[0]);
  }

  private int[] counts() {
    int failures = (int) results.stream().filter(Result::failed).count();
    int slow = (int) results.stream().filter(Result::slow).count();
    return new int[] {results.size(), failures, slow};
  }

  int[] numbers(long now) {
    if (state != State.HALF_OPEN) {
      evict(now); // All trials count, however old.
    }
    return counts();
  }

  /** What the last change was told with. */
  int[] told() {
    return told;
  }

  long refusesNanos(long now) {
    return state == State.OPEN ? Math.max(0, until - now) : 0;
  }
}
