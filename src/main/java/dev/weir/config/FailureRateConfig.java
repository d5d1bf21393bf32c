package dev.weir.config;

/**
 * Ejects an endpoint whose share of failures in an interval is large, whatever the others do.
 *
 * @param percent what share, 1 to 100; default {@value #DEFAULT_PERCENT}
 * @param minimumEndpoints how many endpoints must have had {@code minimumRequests}, 1 to 10000;
 *     default {@value #DEFAULT_MINIMUM_ENDPOINTS}
 * @param minimumRequests how many requests in an interval make an endpoint count, 1 to 1000000;
 *     default {@value #DEFAULT_MINIMUM_REQUESTS}
 * @param enforcePercent in how many of 100 cases it is ejected, 0 to 100; default 0, never
 */
public record FailureRateConfig(
    int percent, int minimumEndpoints, int minimumRequests, int enforcePercent) {

  /** In failures of 100 requests. */
  public static final int DEFAULT_PERCENT = 85;

  /** In endpoints. */
  public static final int DEFAULT_MINIMUM_ENDPOINTS = 5;

  /** In requests. */
  public static final int DEFAULT_MINIMUM_REQUESTS = 50;

  static FailureRateConfig read(ObjectReader r) {
    return new FailureRateConfig(
        r.optional("percent", DEFAULT_PERCENT, Shape.integer(1, 100)),
        r.optional("minimumEndpoints", DEFAULT_MINIMUM_ENDPOINTS, Shape.integer(1, 10_000)),
        r.optional("minimumRequests", DEFAULT_MINIMUM_REQUESTS, Shape.integer(1, 1_000_000)),
        r.optional("enforcePercent", 0, Shape.integer(0, 100)));
  }
}
