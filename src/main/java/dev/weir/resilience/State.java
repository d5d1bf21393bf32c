package dev.weir.resilience;

/** What a circuit breaker does with calls. */
public enum State {
  /** Lets them through and counts their results. */
  CLOSED,
  /** Refuses them, for a time. */
  OPEN,
  /** Lets a few through to find out whether it may close. */
  HALF_OPEN,
  /** Refuses them until an operator says otherwise. */
  FORCED_OPEN,
  /** Lets them through and counts, and does not open until an operator says otherwise. */
  FORCED_CLOSED,
  /** Lets them through and does not even count, until an operator says otherwise. */
  DISABLED
}
