package dev.weir.config;

/**
 * How the policy {@code reported-load} reads what services report.
 *
 * @param errorPenalty how much a service counts as busier when all of its answers are errors, in
 *     utilization, 0 to 100; default {@value #DEFAULT_ERROR_PENALTY}
 * @param fullLagMillis what event-loop lag counts as a utilization of 1, 1 ms to 7 days; default
 *     {@value #DEFAULT_FULL_LAG_MILLIS}
 * @param expiryMillis how long a report counts, 1 ms to 7 days; default {@value
 *     #DEFAULT_EXPIRY_MILLIS}
 */
public record ReportedLoadConfig(double errorPenalty, long fullLagMillis, long expiryMillis) {

  /** As much as Envoy. */
  public static final double DEFAULT_ERROR_PENALTY = 1;

  /** A tenth of a second. */
  public static final long DEFAULT_FULL_LAG_MILLIS = 100;

  /** Half a minute. */
  public static final long DEFAULT_EXPIRY_MILLIS = 30_000;

  static ReportedLoadConfig read(ObjectReader r) {
    return new ReportedLoadConfig(
        r.optional("errorPenalty", DEFAULT_ERROR_PENALTY, Shape.number(0, 100)),
        r.optional("fullLagMillis", DEFAULT_FULL_LAG_MILLIS, Common.MILLIS),
        r.optional("expiryMillis", DEFAULT_EXPIRY_MILLIS, Common.MILLIS));
  }
}
