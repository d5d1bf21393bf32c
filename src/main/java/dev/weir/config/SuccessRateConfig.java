package dev.weir.config;

/**
 * Ejects an endpoint whose share of successes in an interval is further below the mean of all than
 * some standard deviations.
 *
 * @param deviations how many, 0 to 10; default {@value #DEFAULT_DEVIATIONS}
 * @param minimumEndpoints how many endpoints must have had {@code minimumRequests}, 2 to 10000;
 *     default {@value #DEFAULT_MINIMUM_ENDPOINTS}
 * @param minimumRequests how many requests in an interval make an endpoint count, 1 to 1000000;
 *     default {@value #DEFAULT_MINIMUM_REQUESTS}
 * @param enforcePercent in how many of 100 cases it is ejected, 0 to 100; default {@value
 *     #DEFAULT_ENFORCE_PERCENT}
 */
public record SuccessRateConfig(
    double deviations, int minimumEndpoints, int minimumRequests, int enforcePercent) {

  /** As many as Envoy. */
  public static final double DEFAULT_DEVIATIONS = 1.9;

  /** In endpoints. */
  public static final int DEFAULT_MINIMUM_ENDPOINTS = 5;

  /** In requests. */
  public static final int DEFAULT_MINIMUM_REQUESTS = 100;

  /** Always. */
  public static final int DEFAULT_ENFORCE_PERCENT = 100;

  static SuccessRateConfig read(ObjectReader r) {
    return new SuccessRateConfig(
        r.optional("deviations", DEFAULT_DEVIATIONS, Shape.number(0, 10)),
        r.optional("minimumEndpoints", DEFAULT_MINIMUM_ENDPOINTS, Shape.integer(2, 10_000)),
        r.optional("minimumRequests", DEFAULT_MINIMUM_REQUESTS, Shape.integer(1, 1_000_000)),
        r.optional("enforcePercent", DEFAULT_ENFORCE_PERCENT, Shape.integer(0, 100)));
  }
}
