package dev.weir.upstream;

import dev.weir.config.LimitsConfig;
import dev.weir.config.UpstreamConfig;
import dev.weir.metrics.LimitMetrics;
import dev.weir.node.Load;

/**
 * Bounds what an upstream and each of its endpoints get from this node at once. Each attempt counts
 * itself in before it looks, so that two that come together may both be refused, but never both be
 * let in when there is room for one.
 */
final class Limits {

  /** What an attempt may be one too many of. */
  enum Limit {
    REQUESTS("limit-requests", "The upstream has as many requests as it may have"),
    PENDING("limit-pending", "As many requests wait for the upstream as may wait"),
    RETRIES("limit-retries", "The upstream has as many retries as it may have");

    private final String label;
    private final String title;

    Limit(String label, String title) {
      this.label = label;
      this.title = title;
    }

    /** The word for the access log. */
    String label() {
      return label;
    }

    /** One sentence for people. */
    String title() {
      return title;
    }
  }

  private final LimitsConfig config;
  private final int endpointMaxPending;
  private final LimitMetrics metrics;

  /** The limits that a configuration sets. */
  Limits(UpstreamConfig upstream, LimitMetrics metrics) {
    this.config = upstream.limits();
    this.endpointMaxPending = upstream.pool().maxPending();
    this.metrics = metrics;
  }

  private static boolean exceeds(int count, int limit) {
    return limit > 0 && count > limit;
  }

  /**
   * Looks whether an attempt, which is counted already, is one too many.
   *
   * @param further whether it is not the first of its exchange
   * @return what there are too many of; {@code null} when it may go on
   */
  Limit exceeded(Load endpoint, boolean further) {
    if (exceeds(endpoint.inFlight(), config.endpointMaxRequests())) {
      metrics.endpointRequests();
      return Limit.REQUESTS;
    } else if (exceeds(endpoint.whole().inFlight(), config.maxRequests())) {
      metrics.requests();
      return Limit.REQUESTS;
    } else if (further && exceeds(endpoint.retries(), config.endpointMaxRetries())) {
      metrics.endpointRetries();
      return Limit.RETRIES;
    }
    return null;
  }

  /**
   * Looks whether an attempt that waits for a connection, and is counted already, is one too many.
   *
   * @return what there are too many of; {@code null} when it may wait
   */
  Limit exceededByWaiting(Load endpoint) {
    if (endpoint.pending() > endpointMaxPending) {
      metrics.endpointPending();
    } else if (exceeds(endpoint.whole().pending(), config.maxPending())) {
      metrics.pending();
    } else {
      return null;
    }
    return Limit.PENDING;
  }
}
