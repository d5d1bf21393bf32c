package dev.weir.config;

/**
 * How an endpoint that came back, or was added to a running gateway, gets its share bit by bit: at
 * age {@code t} its weight is multiplied by {@code max(minPercent / 100, (t / window) ^ (1 /
 * aggression))}, as Envoy does. Endpoints that were there at the start of the gateway are not held
 * back.
 *
 * @param windowMillis how long it takes, 1 ms to 7 days; default 0, the whole share at once
 * @param aggression the shape of the curve, 0.1 to 10: 1 is a line, more is faster at first;
 *     default {@value #DEFAULT_AGGRESSION}
 * @param minPercent the least share, 1 to 100 percent of the whole; default {@value
 *     #DEFAULT_MIN_PERCENT}
 */
public record SlowStartConfig(long windowMillis, double aggression, int minPercent) {

  /** A line. */
  public static final double DEFAULT_AGGRESSION = 1;

  /** A tenth. */
  public static final int DEFAULT_MIN_PERCENT = 10;

  private static final double LEAST_AGGRESSION = 0.1;

  static SlowStartConfig read(ObjectReader r) {
    SlowStartConfig read =
        new SlowStartConfig(
            r.optional("windowMillis", 0L, Common.MILLIS_OR_ZERO),
            r.optional("aggression", DEFAULT_AGGRESSION, Shape.number(0, 10)),
            r.optional("minPercent", DEFAULT_MIN_PERCENT, Shape.integer(1, 100)));
    if (read.aggression < LEAST_AGGRESSION) {
      r.problem("aggression", "a number from " + LEAST_AGGRESSION + " to 10");
    }
    return read;
  }
}
