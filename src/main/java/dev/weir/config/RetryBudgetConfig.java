package dev.weir.config;

/**
 * How many retries may be under way on one node, so that they don't bring down a service that has
 * trouble already.
 *
 * @param percent how many, in percent of the first tries in flight, 0 to 100; default {@value
 *     #DEFAULT_PERCENT}
 * @param minRetries how many there may be in any case, 0 to 1000000; default {@value
 *     #DEFAULT_MIN_RETRIES}
 */
public record RetryBudgetConfig(int percent, int minRetries) {

  /** One in five. */
  public static final int DEFAULT_PERCENT = 20;

  /** In retries. */
  public static final int DEFAULT_MIN_RETRIES = 3;

  static RetryBudgetConfig read(ObjectReader r) {
    return new RetryBudgetConfig(
        r.optional("percent", DEFAULT_PERCENT, Shape.integer(0, 100)),
        r.optional("minRetries", DEFAULT_MIN_RETRIES, Shape.integer(0, 1_000_000)));
  }
}
