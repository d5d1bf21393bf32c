package dev.weir.upstream;

import dev.weir.config.RetryBudgetConfig;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * How many retries of one upstream are under way on this node: those that wait and those that were
 * sent. Any thread may use it.
 *
 * <p>A share of what is in flight, not of a rate, needs no clock and no history, and holds at once
 * when a service slows down: then requests pile up, and with them the retries that they pay for.
 */
final class RetryBudget {

  private static final int WHOLE = 100;

  private final AtomicInteger retries = new AtomicInteger();
  private final IntSupplier inFlight;

  /**
   * @param inFlight how many attempts are in flight, retries included
   */
  RetryBudget(IntSupplier inFlight) {
    this.inFlight = inFlight;
  }

  /**
   * Charges one retry, which one {@link #release()} follows, if there is room for it.
   *
   * @param limit how many there may be in any case; 0 for no bound
   */
  boolean tryAcquire(RetryBudgetConfig config, int limit) {
    int most = limit == 0 ? Integer.MAX_VALUE : limit;
    int now = retries.get();
    while (now < Math.min(most, allowed(config, now))) {
      if (retries.compareAndSet(now, now + 1)) {
        return true;
      }
      now = retries.get();
    }
    return false;
  }

  /**
   * Keeps the charge of a retry that has failed for the next one, or releases it when there is no
   * room any more. Releasing first would let the failed one, which is in flight still, pay.
   *
   * @param limit how many there may be in any case; 0 for no bound
   */
  boolean tryKeep(RetryBudgetConfig config, int limit) {
    int now = retries.get();
    boolean keeps = (limit == 0 || now <= limit) && now <= allowed(config, now);
    if (!keeps) {
      release();
    }
    return keeps;
  }

  /** Retries don't pay for retries. */
  private int allowed(RetryBudgetConfig config, int now) {
    long first = Math.max(0, inFlight.getAsInt() - now);
    return (int) Math.max(config.minRetries(), first * config.percent() / WHOLE);
  }

  void release() {
    retries.decrementAndGet();
  }

  /** How many retries are charged. */
  int retries() {
    return retries.get();
  }
}
