package dev.weir.protection;

import dev.weir.resilience.CircuitBreaker;
import dev.weir.resilience.Turn;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The turn of one breaker where one node tries for all. It asks for the claim when it is time,
 * again after a while when another node has it, and lets the breaker know when it is this node's.
 * Any thread may use it; none waits.
 */
final class ClusterTurn implements Turn {

  /** How long it waits before it asks again. */
  static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** An answer that comes later is of no use: the claim may be over before the trial is. */
  static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** A question that is older is not waited for any longer, and asked again. */
  static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** After so many questions in a row that failed or were lost it is everybody's turn. */
  static final int MAX_FAILURES = 10;

  /** Asked for the claim. */
  private static final class Question {
    final long askedNanos;

    Question(long askedNanos) {
      this.askedNanos = askedNanos;
    }
  }

  private final Claims claims;
  private final String key;
  private final long trialMillis;
  private final LongSupplier nanos;
  private final AtomicReference<Question> asking = new AtomicReference<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicBoolean held = new AtomicBoolean();
  private volatile CircuitBreaker breaker;
  private volatile boolean waits;
  private volatile long next;

  /**
   * @param key names the breaker in the whole cluster
   * @param trialMillis how long a claim lives
   */
  ClusterTurn(Claims claims, String key, long trialMillis, LongSupplier nanos) {
    this.claims = claims;
    this.key = key;
    this.trialMillis = trialMillis;
    this.nanos = nanos;
  }

  /** Says whose turn it is. */
  void of(CircuitBreaker breaker) {
    this.breaker = breaker;
  }

  @Override
  public boolean isOurs(long now) {
    if (!claims.needed()) {
      return true;
    }
    Question last = asking.get();
    Question next = isOpen(last, now) || !mayAsk(now) ? null : new Question(now);
    if (next != null && asking.compareAndSet(last, next)) {
      boolean alone = last != null && failures.incrementAndGet() >= MAX_FAILURES;
      ask(next, now);
      return alone;
    }
    return false;
  }

  private static boolean isOpen(Question question, long now) {
    return question != null && now - question.askedNanos < LOST_NANOS;
  }

  private void ask(Question question, long now) {
    if (mayAsk(now)) { // Not what was true before the answer to another thread's question came.
      claims
          .take(key, trialMillis)
          .onComplete(ours -> answered(question, ours), failure -> failed(question));
    } else {
      asking.compareAndSet(question, null);
    }
  }

  private boolean mayAsk(long now) {
    return !held.get() && !(waits && now - next < 0);
  }

  private void answered(Question question, boolean ours) {
    long now = nanos.getAsLong();
    boolean lost = asking.get() != question;
    if (lost || now - question.askedNanos > LATE_NANOS) {
      if (ours && !held.get()) {
        claims.release(key);
      }
      if (!lost) {
        pause(question, now);
      }
      return;
    }
    failures.set(0);
    held.set(ours);
    pause(question, now);
    if (ours && !breaker.begin(now)) {
      end(now); // It was closed, or forced, in the meantime.
    }
  }

  private void failed(Question question) {
    if (asking.get() == question) {
      long now = nanos.getAsLong();
      pause(question, now);
      if (failures.incrementAndGet() >= MAX_FAILURES) {
        breaker.begin(now); // Where nobody can be asked, nobody else would try either.
      }
    }
  }

  private void pause(Question question, long now) {
    waits = true;
    next = now + RETRY_NANOS;
    asking.compareAndSet(question, null);
  }

  /** The trial, if there was one, is over: others may try. */
  void end(long now) {
    if (held.compareAndSet(true, false)) {
      waits = true;
      next = now + RETRY_NANOS;
      claims.release(key);
    }
  }
}
