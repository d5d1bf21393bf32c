package dev.weir.config;

/**
 * A run of bad results that ejects an endpoint.
 *
 * @param consecutive how many in a row, 1 to 10000; default {@value #DEFAULT_CONSECUTIVE}
 * @param enforcePercent in how many of 100 cases it is ejected, 0 to 100; 0 only tells and counts
 *     them; default 100, for {@code gatewayFailures} 0
 */
public record ConsecutiveConfig(int consecutive, int enforcePercent) {

  /** In results. */
  public static final int DEFAULT_CONSECUTIVE = 5;

  static ConsecutiveConfig read(ObjectReader r, int enforcePercent) {
    return new ConsecutiveConfig(
        r.optional("consecutive", DEFAULT_CONSECUTIVE, Shape.integer(1, 10_000)),
        r.optional("enforcePercent", enforcePercent, Shape.integer(0, 100)));
  }

  /** Whether it is what is read where nothing stands, and is always enforced. */
  boolean isDefault() {
    return consecutive == DEFAULT_CONSECUTIVE && enforcePercent == 100;
  }
}
