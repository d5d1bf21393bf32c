package dev.weir.resilience;

/** What speaks against an endpoint. */
public enum Reason {
  /** Statuses of 500 and more in a row. */
  SERVER_ERRORS,
  /** 502, 503 and 504 in a row. */
  GATEWAY_FAILURES,
  /** Failures to reach it, or to get an answer, in a row. */
  LOCAL_FAILURES,
  /** A share of successes far below that of the others. */
  SUCCESS_RATE,
  /** A large share of failures. */
  FAILURE_RATE,
  /** Other nodes of the cluster have ejected it. */
  OTHER_NODES
}
