package dev.weir.exchange;

/**
 * Why the gateway answered itself, or why an exchange ended early. The name stands in the access
 * log, in the metrics and in the {@code weir-flag} header.
 */
public enum Flag {
  /** No route matches; 405 when only the method differs. */
  NR(404, "No route matches this request"),
  /** No endpoint may be used. */
  UH(503, "No endpoint of the upstream may be used"),
  /** A limit overflowed: the pool's queue, the wait in it, or the retry budget. */
  UO(503, "A limit of the upstream overflowed"),
  /** A circuit breaker is open; {@code Retry-After} says until when. */
  CB(503, "The upstream fails and is left alone for a while"),
  /** Could not connect, or the connection broke before a response. */
  UF(502, "The upstream could not be reached"),
  /** The upstream spoke invalid HTTP. */
  UP(502, "The upstream sent an invalid response"),
  /** The upstream was too slow. */
  UT(504, "The upstream did not answer in time"),
  /** Every try that the request had has failed; the status is that of the last one. */
  RX(502, "Every try at the upstream failed"),
  /** The body is larger than the limit. */
  PL(413, "The request body is too large"),
  /** The request line or the header block is larger than the limit. */
  HL(431, "The request header is too large"),
  /** A malformed or ambiguous request. */
  BR(400, "The request is malformed"),
  /** The body is not what its content type says; the reply has the position. */
  BI(400, "The request body is invalid"),
  /** The client was too slow. */
  RT(408, "The request did not arrive in time"),
  /** The client went away; only logged and counted. */
  DC(499, "The client closed the connection"),
  /** The gateway is draining. */
  DR(503, "The gateway is shutting down");

  private final int status;
  private final String title;

  Flag(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The status of the local reply, unless a finer one is given. */
  public int status() {
    return status;
  }

  /** One sentence for people. */
  public String title() {
    return title;
  }
}
