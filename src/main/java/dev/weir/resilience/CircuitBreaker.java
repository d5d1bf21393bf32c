package dev.weir.resilience;

import dev.weir.config.CircuitBreakerConfig;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Refuses calls to what fails, and tries from time to time whether it still does. One object for
 * all threads; none waits for another, and neither asking nor recording allocates.
 *
 * <p>All times are nanoseconds of one clock, which the caller reads: on the path of a request it
 * often has the time at hand.
 */
public final class CircuitBreaker {

  /*
   * The state is one reference to an immutable-by-role Period, and a change is one compare-and-set
   * from the period that wants to end: of many threads that see a reason, one makes the change and
   * tells the listener. Permits are the period itself, so results find their way back to where the
   * call was let through, and those of a period that is over fall on the floor.
   */
  private final AtomicReference<Period> current;

  private final CircuitBreakerConfig config;
  private final long slowNanos;
  private final DoubleSupplier random;
  private final Consumer<Transition> listener;
  private final Turn turn;
  private final LongAdder refused = new LongAdder();
  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final AtomicLongArray transitions = new AtomicLongArray(State.values().length);

  /**
   * @param random from 0 to 1
   * @param listener hears of every change, on the thread that made it; the order is that of {@link
   *     Transition#sequence}
   */
  public CircuitBreaker(
      CircuitBreakerConfig config, DoubleSupplier random, Consumer<Transition> listener, long now) {
    this(config, random, listener, Turn.ALWAYS, now);
  }

  /**
   * @param turn decides who of several tries; others hear of the result by {@link #follow}
   */
  public CircuitBreaker(
      CircuitBreakerConfig config,
      DoubleSupplier random,
      Consumer<Transition> listener,
      Turn turn,
      long now) {
    this.turn = turn;
    this.config = config;
    this.random = random;
    this.listener = listener;
    long slow = TimeUnit.MILLISECONDS.toNanos(config.slowMillis());
    slowNanos = slow == 0 ? Long.MAX_VALUE : slow;
    current = new AtomicReference<>(closed(State.CLOSED, 0, now));
  }

  /**
   * Asks to make a call.
   *
   * @return {@code null} when it must not be made
   */
  public Permit acquire(long now) {
    Permit permit = tryAcquire(now);
    if (permit == null) {
      refused.increment();
    }
    return permit;
  }

  private Permit tryAcquire(long now) {
    Period period = current.get();
    Permit permit = period.acquire(now);
    while (permit == null) {
      Period next = current.get();
      if (next == period) {
        return null;
      }
      period = next;
      permit = period.acquire(now);
    }
    return permit;
  }

  /**
   * Lets trials begin when it is time, for those who do not ask while it is open, and ends those
   * that keep others from trying for too long.
   */
  public void poll(long now) {
    Period period = current.get();
    if (period instanceof Open open && open.isDue(now) && turn.isOurs(now)) {
      halfOpen(open, now);
    } else if (period instanceof HalfOpen trial && turn != Turn.ALWAYS && trial.isOver(now)) {
      Open next = new Open(this, trial.sequence + 1, trial.openings, now);
      move(trial, next, Cause.TRIAL_EXPIRED, now);
    }
  }

  /**
   * Does what came out where another one tried, unless this one does not wait for that.
   *
   * @param closes whether the trials have succeeded
   * @param nanos for how long to refuse calls from now on, when they have not
   */
  public void follow(boolean closes, long nanos, long now) {
    Period period = current.get();
    if (!(period instanceof Open || period instanceof HalfOpen)) {
      return;
    }
    long sequence = period.sequence + 1;
    Period next =
        closes
            ? closed(State.CLOSED, sequence, now)
            : new Open(this, sequence, period.openings + 1, now + nanos);
    move(period, next, Cause.OTHER_NODE, now);
  }

  public State state() {
    return current.get().state;
  }

  /** Which change brought the state about; 0 for none. */
  public long sequence() {
    return current.get().sequence;
  }

  /** After how long it is worth asking again: 0 when it is now, or when nobody knows. */
  public long refusesNanos(long now) {
    return current.get().refusesNanos(now);
  }

  /** How many calls the window holds, or trials have ended; how many failed; how many were slow. */
  public int[] numbers(long now) {
    Window.Numbers numbers = current.get().numbers(now);
    return new int[] {numbers.calls(), numbers.failures(), numbers.slow()};
  }

  /** How often a call was refused. */
  public long refused() {
    return refused.sum();
  }

  /** How many calls it has seen the results of. */
  public long calls() {
    return calls.sum();
  }

  /** How many of them had failed. */
  public long failures() {
    return failures.sum();
  }

  void count(boolean failed) {
    calls.increment();
    if (failed) {
      failures.increment();
    }
  }

  /** How often it came into a state. */
  public long transitions(State state) {
    return transitions.get(state.ordinal());
  }

  /**
   * Does what an operator wants.
   *
   * @param state {@link State#CLOSED} starts anew; neither {@link State#OPEN} nor {@link
   *     State#HALF_OPEN}
   * @return whether that is a change
   */
  public boolean force(State state, long now) {
    Period from;
    Period to;
    do {
      from = current.get();
      boolean same = from.state == state && state != State.CLOSED;
      if (same || from instanceof Period.Ended) {
        return false;
      }
      long sequence = from.sequence + 1;
      boolean counts = state == State.CLOSED || state == State.FORCED_CLOSED;
      to = counts ? closed(state, sequence, now) : new Period.Fixed(state, sequence);
    } while (!move(from, to, Cause.OPERATOR, now));
    return true;
  }

  /**
   * Ends it, when what it stood before is gone or has another one: it lets every call through, and
   * neither results nor anybody's wish changes that. A change from any other state than {@link
   * State#CLOSED} is told.
   */
  public void retire(long now) {
    Period from;
    boolean ended;
    do {
      from = current.get();
      if (from.state == State.CLOSED) {
        ended = current.compareAndSet(from, new Period.Ended(from.sequence));
      } else {
        ended = move(from, new Period.Ended(from.sequence + 1), Cause.REMOVED, now);
      }
    } while (!ended);
  }

  boolean isSlow(long nanos) {
    return nanos >= slowNanos;
  }

  boolean isIn(Period period) {
    return current.get() == period;
  }

  void open(Period from, Cause cause, long now) {
    if (isIn(from)) {
      int openings = from.openings + 1;
      move(
          from, new Open(this, from.sequence + 1, openings, now + openNanos(openings)), cause, now);
    }
  }

  /** A call is wanted, and it is time to try. Whose turn it is takes longer to find out. */
  void due(Open open, long now) {
    if (turn == Turn.ALWAYS) {
      halfOpen(open, now);
    }
  }

  /** Its turn has come: lets trials begin, unless it does not want them by now. */
  public boolean begin(long now) {
    return current.get() instanceof Open open && open.isDue(now) && halfOpen(open, now);
  }

  private boolean halfOpen(Period from, long now) {
    int trials = config.successThreshold();
    long until = now + TimeUnit.MILLISECONDS.toNanos(config.trialMillis());
    Period next = new HalfOpen(this, from.sequence + 1, from.openings, trials, until);
    return move(from, next, Cause.WAITED, now);
  }

  void close(Period from, long now) {
    Period to = closed(State.CLOSED, from.sequence + 1, now);
    move(from, to, Cause.TRIALS_SUCCEEDED, now);
  }

  private Closed closed(State state, long sequence, long now) {
    return new Closed(this, state, sequence, Window.of(config, now));
  }

  private long openNanos(int openings) {
    double millis = config.openMillis() * Math.pow(config.openMultiplier(), openings - 1.0);
    double capped = Math.min(millis, config.maxOpenMillis());
    double jitter = 1 + random.getAsDouble() * config.openJitterPercent() / 100;
    return (long) (capped * jitter * TimeUnit.MILLISECONDS.toNanos(1));
  }

  private boolean move(Period from, Period to, Cause cause, long now) {
    if (!current.compareAndSet(from, to)) {
      return false;
    }
    transitions.incrementAndGet(to.state.ordinal());
    Window.Numbers numbers = from.numbers(now);
    listener.accept(
        new Transition(
            from.state,
            to.state,
            cause,
            to.sequence,
            numbers.calls(),
            numbers.failures(),
            numbers.slow(),
            to.refusesNanos(now)));
    return true;
  }
}
