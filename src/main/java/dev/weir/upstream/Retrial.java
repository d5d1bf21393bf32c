package dev.weir.upstream;

import dev.weir.exchange.Companion;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Trouble;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** What an exchange that may be tried again keeps from one attempt to the next. */
final class Retrial implements Companion {

  private static final AtomicIntegerFieldUpdater<Retrial> CHARGED =
      AtomicIntegerFieldUpdater.newUpdater(Retrial.class, "charged");

  private final Exchange exchange;
  private RetryPolicy policy;
  private Rules rules;
  private final Replay replay;
  private long wait;
  private volatile int charged;

  private Retrial(Exchange exchange, RetryPolicy policy, Rules rules) {
    boolean kept = exchange.body() != Exchange.BodyKind.NONE && policy.repeats(exchange.method());
    this.exchange = exchange;
    this.policy = policy;
    this.rules = rules;
    this.replay = kept ? new Replay(policy.maxReplayBytes()) : null;
  }

  /** That of an exchange, made when it has none; it goes by the policy of the current attempt. */
  static Retrial of(Exchange exchange, RetryPolicy policy, Rules rules) {
    if (exchange.companion() instanceof Retrial known) {
      known.follow(policy, rules);
      return known;
    }
    Retrial made = new Retrial(exchange, policy, rules);
    exchange.companion(made);
    return made;
  }

  /** The upstream may be another one than before, with a budget of its own. */
  private void follow(RetryPolicy policy, Rules rules) {
    if (this.rules.budget() != rules.budget()) {
      release();
    }
    this.policy = policy;
    this.rules = rules;
  }

  /** What attempts have kept of the body of an exchange; {@code null} when none has. */
  static Replay kept(Exchange exchange) {
    return exchange.companion() instanceof Retrial known ? known.replay : null;
  }

  /** The body as far as it is kept; {@code null} when there is none, or it never is sent again. */
  Replay replay() {
    return replay;
  }

  /** Whether the attempt under way is the last one. */
  boolean isLast() {
    return exchange.attempts() >= policy.attempts();
  }

  /**
   * Asks for another try, and pays for it.
   *
   * @param read whether some of the client's body was asked for
   * @param retryAfter for how long the response asks to be left alone, in nanoseconds
   * @param left how much time there is, in nanoseconds
   * @return what keeps the exchange from it; {@code null} when nothing does
   */
  Refusal ask(Trouble trouble, boolean read, long retryAfter, long left) {
    Refusal refusal = judge(trouble, read, retryAfter, left);
    rules.count(trouble, refusal);
    return refusal;
  }

  private Refusal judge(Trouble trouble, boolean read, long retryAfter, long left) {
    if (policy.attempts() == 1 || !policy.covers(trouble, exchange.method())) {
      return Refusal.NOT_COVERED;
    }
    if (isLast()) {
      return Refusal.EXHAUSTED;
    }
    if (read && (replay == null || replay.isLost())) {
      return Refusal.BODY;
    }
    wait = policy.backoff().nanos(exchange.attempts(), retryAfter);
    if (wait >= left) {
      return Refusal.DEADLINE;
    }
    boolean paid = rules.pay(charged == 1);
    charged = paid ? 1 : 0;
    return paid ? null : Refusal.BUDGET;
  }

  /** Sends the exchange on its way to another endpoint, after the wait that was asked for. */
  void go(Lane lane) {
    rules.exclude(exchange);
    if (wait == 0) {
      exchange.work(null);
      lane.balancers().send(exchange);
    } else {
      new BackoffWait(lane, exchange).start(wait);
    }
  }

  /** No other try will follow: what was kept for it may go. */
  void settle() {
    if (replay != null) {
      replay.drop();
    }
  }

  private void release() {
    if (CHARGED.compareAndSet(this, 1, 0)) {
      rules.budget().release();
    }
  }

  @Override
  public void ended() {
    release();
  }
}
