package dev.weir.metrics;

/**
 * What one lane counts of its connections to one endpoint. Only for the lane's event loop.
 * Everything is told as a change, so that the pool of an old configuration may empty while a new
 * one fills.
 */
public final class PoolMetrics extends Cells {

  static final int OPEN = 0;
  static final int IDLE = 1;
  static final int PENDING = 2;
  static final int OPENED = 3;
  static final int REUSED = 4;
  private static final int SIZE = 5;

  PoolMetrics() {
    super(SIZE);
  }

  /** A connection was made. */
  public void opened() {
    add(OPEN, 1);
    add(OPENED, 1);
  }

  /** A connection that was {@link #opened} is gone, whoever closed it. */
  public void closed() {
    add(OPEN, -1);
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
