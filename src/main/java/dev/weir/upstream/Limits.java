package dev.weir.upstream;

import dev.weir.config.LimitsConfig;
import dev.weir.metrics.LimitMetrics;
import dev.weir.node.Load;

/**
 * Bounds what an upstream and each of its endpoints get from this node at once. Each attempt counts
 * itself in before it looks, so that two that come together may both be refused, but never both be
 * let in when there is room for one.
 */
final class Limits {

  private final LimitsConfig config;
  private final LimitMetrics metrics;

  private Limits(LimitsConfig config, LimitMetrics metrics) {
    this.config = config;
    this.metrics = metrics;
  }

  /** What a configuration asks for; {@code null} when that is no bound at all. */
  static Limits of(LimitsConfig config, LimitMetrics metrics) {
    boolean none =
        config.maxRequests() == 0
            && config.maxPending() == 0
            && config.endpointMaxRequests() == 0
            && config.endpointMaxPending() == 0;
    return none ? null : new Limits(config, metrics);
  }

  private static boolean exceeds(int count, int limit) {
    return limit > 0 && count > limit;
  }

  /** Whether an attempt, which is counted already, is one too many. */
  boolean refusesRequest(Load endpoint) {
    if (exceeds(endpoint.inFlight(), config.endpointMaxRequests())) {
      metrics.endpointRequests();
    } else if (exceeds(endpoint.whole().inFlight(), config.maxRequests())) {
      metrics.requests();
    } else {
      return false;
    }
    return true;
  }

  /** Whether an attempt that waits for a connection, and is counted already, is one too many. */
  boolean refusesPending(Load endpoint) {
    if (exceeds(endpoint.pending(), config.endpointMaxPending())) {
      metrics.endpointPending();
    } else if (exceeds(endpoint.whole().pending(), config.maxPending())) {
      metrics.pending();
    } else {
      return false;
    }
    return true;
  }
}
