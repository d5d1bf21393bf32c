package dev.weir.metrics;

import java.util.Locale;

/** What one lane counts of exchanges that cross nodes. Only for its event loop. */
public final class RemoteMetrics extends Cells {

  /** The exchanges of this node's clients that other nodes serve. */
  public static final String OUT = "out";

  /** The exchanges of other nodes' clients that this node serves. */
  public static final String IN = "in";

  /** What becomes of an exchange between the nodes. */
  public enum Result {
    /** The upstream's response has crossed as a whole. */
    ANSWERED,
    /** The serving node has answered itself. */
    REPLIED,
    /** The client's side has failed. */
    CANCELLED,
    /** The response, or the other node, was lost. */
    BROKEN,
    /** No node serves the upstream. */
    UNSERVED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final int IN_FLIGHT = 0;
  static final int REQUEST_BYTES = 1;
  static final int RESPONSE_BYTES = 2;
  static final int REFUSED_FRAMES = 3;
  static final int RESULTS = 4;

  RemoteMetrics() {
    super(RESULTS + Result.values().length);
  }

  /** An exchange begins; {@link #end} follows. */
  public void begin() {
    add(IN_FLIGHT, 1);
  }

  /**
   * It is over.
   *
   * @param requestBytes how much of the request's body has crossed
   * @param responseBytes how much of the response's body has crossed
   */
  public void end(Result result, long requestBytes, long responseBytes) {
    add(IN_FLIGHT, -1);
    add(REQUEST_BYTES, requestBytes);
    add(RESPONSE_BYTES, responseBytes);
    add(RESULTS + result.ordinal(), 1);
  }

  /** Something has come from another node that is not what may come. */
  public void refusedFrame() {
    add(REFUSED_FRAMES, 1);
  }
}
