package dev.weir.config;

import io.vertx.core.json.JsonObject;

/**
 * When an endpoint is ejected, for a time, because of what traffic sees of it. The numbers are
 * those of Envoy.
 *
 * @param dryRun whether what is found is told and counted, and nobody ejected; default false
 * @param intervalMillis how often rates are looked at, 10 ms to 1 hour; default {@value
 *     #DEFAULT_INTERVAL_MILLIS}
 * @param baseEjectionMillis how long the first ejection lasts, 1 ms to 7 days; the next ones that
 *     many times longer; default {@value #DEFAULT_BASE_EJECTION_MILLIS}
 * @param maxEjectionMillis the longest that one lasts, {@code baseEjectionMillis} to 7 days;
 *     default {@value #DEFAULT_MAX_EJECTION_MILLIS}
 * @param jitterMillis how much longer still it may last, by chance, up to 7 days; default 0
 * @param maxEjectedPercent what share of the endpoints may be ejected at a time, 1 to 100, but
 *     always one; default {@value #DEFAULT_MAX_EJECTED_PERCENT}
 * @param splitLocalFailures whether endpoints that could not be reached, or did not answer, are
 *     counted apart; if not, that counts as a 503 or 504; default false
 * @param serverErrors statuses of 500 and more in a row
 * @param gatewayFailures 502, 503 and 504 in a row
 * @param localFailures failures to reach it, or to get an answer, in a row; other than its default
 *     only with {@code splitLocalFailures}
 * @param successRate a share of successes far below that of the others
 * @param failureRate a large share of failures
 */
public record OutlierConfig(
    boolean dryRun,
    long intervalMillis,
    long baseEjectionMillis,
    long maxEjectionMillis,
    long jitterMillis,
    int maxEjectedPercent,
    boolean splitLocalFailures,
    ConsecutiveConfig serverErrors,
    ConsecutiveConfig gatewayFailures,
    ConsecutiveConfig localFailures,
    SuccessRateConfig successRate,
    FailureRateConfig failureRate) {

  /** 10 seconds. */
  public static final long DEFAULT_INTERVAL_MILLIS = 10_000;

  /** 30 seconds. */
  public static final long DEFAULT_BASE_EJECTION_MILLIS = 30_000;

  /** 5 minutes. */
  public static final long DEFAULT_MAX_EJECTION_MILLIS = 300_000;

  /** A tenth. */
  public static final int DEFAULT_MAX_EJECTED_PERCENT = 10;

  private static final int WHOLE = 100;
  private static final long LONGEST_INTERVAL_MILLIS = 3_600_000;

  /** What it is with all its keys absent. */
  static final OutlierConfig DEFAULT = ObjectReader.parse(new JsonObject(), OutlierConfig::read);

  /** Reads one; what is absent has its default. */
  public static OutlierConfig read(ObjectReader r) {
    OutlierConfig read = readEach(r);
    if (read.maxEjectionMillis > 0 && read.maxEjectionMillis < read.baseEjectionMillis) {
      r.problem(
          "maxEjectionMillis", "no less than baseEjectionMillis (" + read.baseEjectionMillis + ")");
    }
    if (!read.splitLocalFailures && !read.localFailures.isDefault()) {
      r.problem("localFailures", "splitLocalFailures to be true, where it is set");
    }
    return read;
  }

  private static OutlierConfig readEach(ObjectReader r) {
    return new OutlierConfig(
        r.optional("dryRun", false, Shape.bool()),
        r.optional(
            "intervalMillis", DEFAULT_INTERVAL_MILLIS, Shape.whole(10, LONGEST_INTERVAL_MILLIS)),
        r.optional("baseEjectionMillis", DEFAULT_BASE_EJECTION_MILLIS, Common.MILLIS),
        r.optional("maxEjectionMillis", DEFAULT_MAX_EJECTION_MILLIS, Common.MILLIS),
        r.optional("jitterMillis", 0L, Common.MILLIS_OR_ZERO),
        r.optional("maxEjectedPercent", DEFAULT_MAX_EJECTED_PERCENT, Shape.integer(1, WHOLE)),
        r.optional("splitLocalFailures", false, Shape.bool()),
        r.object("serverErrors", each -> ConsecutiveConfig.read(each, WHOLE)),
        r.object("gatewayFailures", each -> ConsecutiveConfig.read(each, 0)),
        r.object("localFailures", each -> ConsecutiveConfig.read(each, WHOLE)),
        r.object("successRate", SuccessRateConfig::read),
        r.object("failureRate", FailureRateConfig::read));
  }
}
