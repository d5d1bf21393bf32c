package dev.weir.metrics;

import dev.weir.exchange.Flag;

/** What one lane counts of the attempts at one endpoint. Only for the lane's event loop. */
public final class EndpointMetrics extends Cells {

  // What most attempts touch stands together: the cells of one among many endpoints are in no
  // cache.
  static final int IN_FLIGHT = 0;
  static final int STATUS = IN_FLIGHT + 1;
  static final int FIRST_BYTE = STATUS + StatusClass.COUNT;
  static final int FAILURES = FIRST_BYTE + Buckets.CELLS;
  static final int SIZE = FAILURES + LaneMetrics.FLAGS.size();

  private final UpstreamMetrics upstream;

  EndpointMetrics(UpstreamMetrics upstream) {
    super(SIZE);
    this.upstream = upstream;
  }

  /** An attempt begins; {@link #end} or {@link #fail} follows. */
  public void begin() {
    add(IN_FLIGHT, 1);
  }

  /**
   * The attempt has its connection.
   *
   * @param nanos since it asked for one
   */
  public void acquired(long nanos) {
    upstream.acquired(nanos);
  }

  /**
   * The head of the response arrived.
   *
   * @param nanos since the whole request was sent; 0 when it arrived before
   */
  public void firstByte(long nanos) {
    addDuration(FIRST_BYTE, nanos);
    upstream.firstByte(nanos);
  }

  /** The attempt ended with a whole response of this status. */
  public void end(int status) {
    add(STATUS + StatusClass.of(status), 1);
    add(IN_FLIGHT, -1);
  }

  /** The attempt was cancelled because another one was faster. */
  public void lose() {
    add(IN_FLIGHT, -1);
  }

  /** The attempt ended in any other way. */
  public void fail(Flag flag) {
    add(FAILURES + flag.ordinal(), 1);
    add(IN_FLIGHT, -1);
  }
}
