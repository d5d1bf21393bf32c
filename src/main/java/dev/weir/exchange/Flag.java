package dev.weir.exchange;

/**
 * Why the gateway answered itself, or why an exchange ended early. The name stands in the access
 * log, in the metrics and in the {@code weir-flag} header.
 */
public enum Flag {
  /** No route matches; 405 when only the method differs. */
  NR(404, Side.DOWNSTREAM, false, "No route matches this request"),
  /** No endpoint may be used. */
  UH(503, Side.UPSTREAM, false, "No endpoint of the upstream may be used"),
  /** A limit overflowed: the pool's queue, or the wait in it. */
  UO(503, Side.GATEWAY, false, "A limit of the upstream overflowed"),
  /** Could not connect, or the connection broke before a response. */
  UF(502, Side.UPSTREAM, true, "The upstream could not be reached"),
  /** The upstream spoke invalid HTTP. */
  UP(502, Side.UPSTREAM, false, "The upstream sent an invalid response"),
  /** The upstream was too slow. */
  UT(504, Side.UPSTREAM, true, "The upstream did not answer in time"),
  /** The body is larger than the limit. */
  PL(413, Side.DOWNSTREAM, false, "The request body is too large"),
  /** The request line or the header block is larger than the limit. */
  HL(431, Side.DOWNSTREAM, false, "The request header is too large"),
  /** A malformed or ambiguous request. */
  BR(400, Side.DOWNSTREAM, false, "The request is malformed"),
  /** The client was too slow. */
  RT(408, Side.DOWNSTREAM, false, "The request did not arrive in time"),
  /** The client went away; only logged and counted. */
  DC(499, Side.DOWNSTREAM, false, "The client closed the connection"),
  /** The gateway is draining. */
  DR(503, Side.GATEWAY, false, "The gateway is shutting down");

  /** Whose fault it is. */
  public enum Side {
    DOWNSTREAM,
    UPSTREAM,
    GATEWAY
  }

  private final int status;
  private final Side side;
  private final boolean retriable;
  private final String title;

  Flag(int status, Side side, boolean retriable, String title) {
    this.status = status;
    this.side = side;
    this.retriable = retriable;
    this.title = title;
  }

  /** The status of the local reply, unless a finer one is given. */
  public int status() {
    return status;
  }

  public Side side() {
    return side;
  }

  /** Whether another endpoint might do better. */
  public boolean retriable() {
    return retriable;
  }

  /** One sentence for people. */
  public String title() {
    return title;
  }
}
