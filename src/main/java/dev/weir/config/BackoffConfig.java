package dev.weir.config;

/**
 * How long to wait before another try: by chance between nothing and {@code baseMillis}, doubled
 * with each further try up to {@code maxMillis}. All in milliseconds.
 *
 * @param baseMillis the longest wait before the second try, up to 7 days; default {@value
 *     #DEFAULT_BASE_MILLIS}; 0 never waits
 * @param maxMillis the longest wait before any try, up to 7 days; default {@value
 *     #DEFAULT_MAX_MILLIS}
 * @param retryAfterMaxMillis how long a {@code Retry-After} of the response is honoured, up to 7
 *     days; default {@value #DEFAULT_RETRY_AFTER_MAX_MILLIS}; a longer one is cut to that
 */
public record BackoffConfig(long baseMillis, long maxMillis, long retryAfterMaxMillis) {

  /** A fortieth of a second. */
  public static final long DEFAULT_BASE_MILLIS = 25;

  /** A quarter of a second. */
  public static final long DEFAULT_MAX_MILLIS = 250;

  /** One second. */
  public static final long DEFAULT_RETRY_AFTER_MAX_MILLIS = 1000;

  static BackoffConfig read(ObjectReader r) {
    return new BackoffConfig(
        r.optional("baseMillis", DEFAULT_BASE_MILLIS, Common.MILLIS_OR_ZERO),
        r.optional("maxMillis", DEFAULT_MAX_MILLIS, Common.MILLIS_OR_ZERO),
        r.optional("retryAfterMaxMillis", DEFAULT_RETRY_AFTER_MAX_MILLIS, Common.MILLIS_OR_ZERO));
  }
}
