package dev.weir.resilience;

import dev.weir.config.CircuitBreakerConfig;
import java.util.BitSet;
import java.util.List;

/** What counts as a failure of a call. Immutable. */
public final class FailureRule {

  /** Nothing but no answer counts. */
  static final FailureRule ALL = new FailureRule(CircuitBreakerConfig.FAILURES, List.of());

  /** How a call can fail to have an answer. */
  public enum Kind {
    /** There was no connection. */
    CONNECT(CircuitBreakerConfig.CONNECT),
    /** The answer, or the rest of it, did not come in time. */
    TIMEOUT(CircuitBreakerConfig.TIMEOUT),
    /** The connection broke. */
    RESET(CircuitBreakerConfig.RESET),
    /** The answer was no HTTP. */
    INVALID(CircuitBreakerConfig.INVALID);

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  private final boolean[] kinds = new boolean[Kind.values().length];
  private final BitSet statuses = new BitSet();

  private FailureRule(List<String> failOn, List<Integer> failureStatuses) {
    for (Kind kind : Kind.values()) {
      kinds[kind.ordinal()] = failOn.contains(kind.word);
    }
    if (failOn.contains(CircuitBreakerConfig.STATUS)) {
      failureStatuses.forEach(statuses::set);
    }
  }

  /**
   * The rule of a configuration.
   *
   * @param config {@code null} for none
   */
  public static FailureRule of(CircuitBreakerConfig config) {
    return config == null ? ALL : new FailureRule(config.failOn(), config.failureStatuses());
  }

  boolean fails(Kind kind) {
    return kinds[kind.ordinal()];
  }

  boolean fails(int status) {
    return statuses.get(status);
  }
}
