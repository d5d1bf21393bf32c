package dev.weir.metrics;

/** What one lane counts of one listener. Only for the lane's event loop. */
public final class ListenerMetrics extends Cells {

  static final int OPEN = 0;
  static final int ACCEPTED = 1;
  static final int REQUESTS = 2;
  private static final int SIZE = 3;

  ListenerMetrics() {
    super(SIZE);
  }

  /** A client has connected. */
  public void opened() {
    add(OPEN, 1);
    add(ACCEPTED, 1);
  }

  /** A connection that was {@link #opened} is gone. */
  public void closed() {
    add(OPEN, -1);
  }

  /** The head of a request has arrived. */
  public void request() {
    add(REQUESTS, 1);
  }
}
