package dev.weir.resilience;

/** Why a circuit breaker changed its state. */
public enum Cause {
  /** Too many calls in the window failed. */
  FAILURES,
  /** Too many calls in the window were slow. */
  SLOW_CALLS,
  /** It was open for as long as it had to be. */
  WAITED,
  /** Enough trial calls succeeded. */
  TRIALS_SUCCEEDED,
  /** A trial call failed. */
  TRIAL_FAILED,
  /** Trial calls took too long to say anything; another node may try. */
  TRIAL_EXPIRED,
  /** Another node has tried. */
  OTHER_NODE,
  /** An operator wanted it. */
  OPERATOR,
  /** The breaker is gone, or another one has taken its place. */
  REMOVED
}
