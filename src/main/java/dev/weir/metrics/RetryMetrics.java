package dev.weir.metrics;

import dev.weir.exchange.Lateness;
import dev.weir.exchange.Trouble;
import java.util.List;

/** What one lane counts of the retries and timeouts of one upstream. Only for its event loop. */
public final class RetryMetrics extends Cells {

  /** Every trouble, at the place of its ordinal. */
  static final List<Trouble> TROUBLES = List.of(Trouble.values());

  /** Every lateness, at the place of its ordinal. */
  static final List<Lateness> LATENESSES = List.of(Lateness.values());

  /** Why there was no retry, in the order of the cells. */
  static final List<String> REFUSALS = List.of("budget", "exhausted", "deadline", "body");

  /** What became of hedges, in the order of the cells. */
  static final List<String> HEDGE_RESULTS = List.of("sent", "won", "lost", "refused");

  static final int RETRIES = 0;
  static final int REFUSED = RETRIES + TROUBLES.size();
  static final int LATE = REFUSED + REFUSALS.size();
  static final int HEDGES = LATE + LATENESSES.size();
  private static final int SIZE = HEDGES + 4;

  RetryMetrics() {
    super(SIZE);
  }

  /** A request is tried again. */
  public void retried(Trouble trouble) {
    add(RETRIES + trouble.ordinal(), 1);
  }

  /** There is no other try, because too many are under way. */
  public void overBudget() {
    add(REFUSED, 1);
  }

  /** There is no other try, because there were as many as there may be. */
  public void exhausted() {
    add(REFUSED + 1, 1);
  }

  /** There is no other try, because there is no time. */
  public void tooLate() {
    add(REFUSED + 2, 1);
  }

  /** There is no other try, because a part of the body is gone. */
  public void bodyGone() {
    add(REFUSED + 3, 1);
  }

  /** A request was sent to a second endpoint as well. */
  public void hedged() {
    add(HEDGES, 1);
  }

  /** The second endpoint was the first to answer, or to be left, or it was not. */
  public void hedgeEnded(boolean won) {
    add(HEDGES + (won ? 1 : 2), 1);
  }

  /** A request was not sent to a second endpoint, because too many retries are under way. */
  public void hedgeRefused() {
    add(HEDGES + 3, 1);
  }

  /** Something took too long. */
  public void late(Lateness what) {
    add(LATE + what.ordinal(), 1);
  }
}
