package dev.weir.resilience;

/**
 * One attempt, as those see it who watch over its upstream and its endpoint. It is handed over from
 * thread to thread and used by one at a time.
 *
 * <p>An answer counts when its head arrives: a long download must not keep a permit. What breaks
 * afterwards counts as a failure of its own.
 */
public final class Trial {

  private final FailureRule rule;
  private Permit upstream;
  private Permit endpoint;
  private Observer observer;
  private long sentAt;
  private boolean sent;
  private boolean spared;
  private boolean answered;

  /**
   * @param upstream the leave of the upstream's breaker; {@code null} when it has none
   */
  public Trial(FailureRule rule, Permit upstream) {
    this.rule = rule;
    this.upstream = upstream;
  }

  /** The endpoint's breaker has agreed as well. */
  public void admitted(Permit endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * The attempt begins.
   *
   * @param observer hears of its end; {@code null} for none
   */
  public void begin(Observer observer) {
    this.observer = observer;
  }

  /**
   * The client takes its time to send the request: the breakers may let another call through in the
   * place of this one, which takes a place again when the request is on its way. If it fails before
   * that, it counts where there is room for it: others are trying in its place.
   */
  public void spare() {
    if (!spared && !sent && !answered) {
      giveBack();
      spared = true;
    }
  }

  private void resume(long now) {
    if (spared) {
      spared = false;
      upstream = upstream == null ? null : upstream.again(now);
      endpoint = endpoint == null ? null : endpoint.again(now);
    }
  }

  /**
   * The whole request is on its way: what comes before was waiting for a connection and for the
   * client, and says nothing about how slow an answer is.
   *
   * @param now the time in nanoseconds
   */
  public void sent(long now) {
    sent = true;
    sentAt = now;
    resume(now);
  }

  private long nanos(long now) {
    return sent ? now - sentAt : 0;
  }

  /** The head of an answer has come. */
  public void answered(int status, long now) {
    resume(now);
    answered = true;
    boolean failed = rule.fails(status);
    if (upstream != null) {
      upstream.answered(failed, nanos(now), now);
    }
    if (endpoint != null) {
      endpoint.answered(failed, nanos(now), now);
    }
    if (observer != null) {
      observer.answered(status, now);
    }
  }

  /** There was no answer, or not all of it. */
  public void failed(FailureRule.Kind kind, long now) {
    if (spared) {
      spared = false;
      upstream = upstream == null ? null : upstream.acquire(now);
      endpoint = endpoint == null ? null : endpoint.acquire(now);
    }
    if (observer != null) {
      observer.unanswered(now);
    }
    if (!rule.fails(kind)) {
      cancel();
      return;
    }
    failed(upstream, now);
    failed(endpoint, now);
  }

  private void failed(Permit permit, long now) {
    if (permit != null && answered) {
      permit.broke(now);
    } else if (permit != null) {
      permit.answered(true, nanos(now), now);
    }
  }

  /** It ends without having shown anything; after an answer, that is its end. */
  public void cancel() {
    if (!answered && !spared) {
      giveBack();
    }
  }

  private void giveBack() {
    if (upstream != null) {
      upstream.cancel();
    }
    if (endpoint != null) {
      endpoint.cancel();
    }
  }
}
