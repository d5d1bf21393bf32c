package dev.weir.metrics;

/** What one lane counts of one route. Only for the lane's event loop. */
public final class RouteMetrics extends Cells {

  // What most requests touch stands together: the cells of one among many routes are in no cache.
  static final int IN_FLIGHT = 0;
  static final int BYTES_IN = IN_FLIGHT + 1;
  static final int BYTES_OUT = BYTES_IN + 1;
  static final int STATUS = BYTES_OUT + 1;
  static final int DURATION = STATUS + StatusClass.COUNT;
  private static final int SIZE = DURATION + Buckets.CELLS;

  RouteMetrics() {
    super(SIZE);
  }

  /** An exchange has found its route; {@link #end} follows. */
  public void begin() {
    add(IN_FLIGHT, 1);
  }

  /**
   * An exchange is over. A number below 0 counts as 0.
   *
   * @param status what the client got, or would have got
   * @param bytesIn of the request's body
   * @param bytesOut of the response's body
   * @param nanos from the head of the request until now
   */
  public void end(int status, long bytesIn, long bytesOut, long nanos) {
    add(STATUS + StatusClass.of(status), 1);
    add(BYTES_IN, Math.max(0, bytesIn));
    add(BYTES_OUT, Math.max(0, bytesOut));
    addDuration(DURATION, nanos);
    add(IN_FLIGHT, -1);
  }
}
