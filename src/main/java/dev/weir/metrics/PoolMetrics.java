package dev.weir.metrics;

import java.util.List;

/**
 * What one lane counts of its connections to one endpoint. Only for the lane's event loop.
 * Everything is told as a change, so that the pool of an old configuration may empty while a new
 * one fills.
 */
public final class PoolMetrics extends Cells {

  /** Every reason, at the place of its ordinal. */
  static final List<CloseReason> REASONS = List.of(CloseReason.values());

  static final int OPEN = 0;
  static final int IDLE = 1;
  static final int PENDING = 2;
  static final int OPENED = 3;
  static final int REUSED = 4;
  static final int CLOSED = 5;
  private static final int SIZE = CLOSED + REASONS.size();

  PoolMetrics() {
    super(SIZE);
  }

  /** A connection was made. */
  public void opened() {
    add(OPEN, 1);
    add(OPENED, 1);
  }

  /** A connection that was {@link #opened} is gone. */
  public void closed(CloseReason reason) {
    add(OPEN, -1);
    add(CLOSED + reason.ordinal(), 1);
  }

  /** A connection became idle (1), or stopped being idle because it was lent or closed (-1). */
  public void idle(int change) {
    add(IDLE, change);
  }

  /** A connection was lent that had been lent before. */
  public void reused() {
    add(REUSED, 1);
  }

  /** An attempt began to wait for a connection (1), or waits no longer (-1). */
  public void pending(int change) {
    add(PENDING, change);
  }
}
