package dev.weir.resilience;

import dev.weir.config.CircuitBreakerConfig;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a circuit breaker has to do, said as plainly as can be. For one thread. */
final class BreakerModel {

  private record Result(long stretch, boolean failed, boolean slow) {}

  private final CircuitBreakerConfig config;
  private final boolean takesTurns;
  private final Deque<Result> results = new ArrayDeque<>();
  State state = State.CLOSED;
  long sequence;
  private long windowStart;
  private long until;
  private long trialsUntil;
  private int openings;
  private int lent;
  private int[] told = new int[3];
  private Cause cause;
  private int succeeded;

  /**
   * @param takesTurns whether it may try only when it is told so
   */
  BreakerModel(CircuitBreakerConfig config, boolean takesTurns, long now) {
    this.config = config;
    this.takesTurns = takesTurns;
    this.windowStart = now;
  }

  /** Returns whether the call may be made; its permit is known by the sequence at that moment. */
  boolean acquire(long now) {
    if (!takesTurns) {
      begin(now);
    }
    switch (state) {
      case OPEN, FORCED_OPEN -> {
        return false;
      }
      case HALF_OPEN -> {
        return lend();
      }
      default -> {
        return true;
      }
    }
  }

  private boolean lend() {
    boolean free = lent + succeeded < config.successThreshold();
    lent += free ? 1 : 0;
    return free;
  }

  /** Takes back what was cancelled. */
  boolean again(long permit) {
    boolean valid = permit == sequence;
    lent += valid && state == State.HALF_OPEN ? 1 : 0;
    return valid;
  }

  /**
   * @param ours whether its turn has come, if it takes turns
   */
  void poll(boolean ours, long now) {
    if (state == State.HALF_OPEN && takesTurns && now - trialsUntil >= 0) {
      change(State.OPEN, Cause.TRIAL_EXPIRED, now);
      results.clear();
      until = now;
    } else if (ours || !takesTurns) {
      begin(now);
    }
  }

  boolean begin(long now) {
    boolean begins = state == State.OPEN && now - until >= 0;
    if (begins) {
      change(State.HALF_OPEN, Cause.WAITED, now);
      lent = 0;
      succeeded = 0;
      trialsUntil = now + config.trialMillis() * Breakers.MILLI;
    }
    return begins;
  }

  void follow(boolean closes, long nanos, long now) {
    if (state != State.OPEN && state != State.HALF_OPEN) {
      return;
    }
    if (closes) {
      close(State.CLOSED, Cause.OTHER_NODE, now);
    } else {
      change(State.OPEN, Cause.OTHER_NODE, now);
      results.clear();
      openings++;
      until = now + nanos;
    }
  }

  void answered(long permit, boolean failed, long nanos, double random, long now) {
    boolean slow = config.slowMillis() > 0 && nanos >= config.slowMillis() * Breakers.MILLI;
    if (permit != sequence) {
      return;
    }
    if (state == State.HALF_OPEN && (failed || slow)) {
      results.addLast(new Result(0, failed, slow));
      open(Cause.TRIAL_FAILED, random, now);
    } else if (state == State.HALF_OPEN) {
      results.addLast(new Result(0, false, false));
      lent--;
      succeeded++;
      if (succeeded == config.successThreshold()) {
        close(State.CLOSED, Cause.TRIALS_SUCCEEDED, now);
      }
    } else {
      record(failed, slow, random, now);
    }
  }

  void broke(long permit, double random, long now) {
    if (permit == sequence && state == State.HALF_OPEN) {
      results.addLast(new Result(0, true, false));
      open(Cause.TRIAL_FAILED, random, now);
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
      close(to, Cause.OPERATOR, now);
    } else {
      change(to, Cause.OPERATOR, now);
      results.clear();
      openings = 0;
    }
  }

  private void close(State to, Cause why, long now) {
    change(to, why, now);
    results.clear();
    openings = 0;
    windowStart = now;
  }

  private void open(Cause why, double random, long now) {
    change(State.OPEN, why, now);
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

  private void change(State to, Cause why, long now) {
    told = numbers(now);
    cause = why;
    state = to;
    sequence++;
  }

  private void record(boolean failed, boolean slow, double random, long now) {
    if (state != State.CLOSED && state != State.FORCED_CLOSED) {
      return;
    }
    results.addLast(new Result(stretch(now), failed, slow));
    evict(now);
    Cause why = state == State.CLOSED && (failed || slow) ? mustOpen() : null;
    if (why != null) {
      open(why, random, now);
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

  private Cause mustOpen() {
    int[] counts = counts();
    int calls = counts[0];
    boolean enough = calls >= (isTimed() ? config.minimumCalls() : config.windowSize());
    boolean fails =
        isTimed()
            ? enough && counts[1] * 100 >= config.failurePercent() * calls
            : counts[1] >= config.failureThreshold();
    if (fails) {
      return Cause.FAILURES;
    }
    return enough && counts[2] * 100 >= config.slowPercent() * calls ? Cause.SLOW_CALLS : null;
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

  /** Why it was made; {@code null} before the first one. */
  Cause cause() {
    return cause;
  }

  long refusesNanos(long now) {
    return state == State.OPEN ? Math.max(0, until - now) : 0;
  }
}
