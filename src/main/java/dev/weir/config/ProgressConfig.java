package dev.weir.config;

/**
 * How large transfers are made visible, on {@code weir.events} and at {@code /transfers}.
 *
 * @param enabled whether they are; default true
 * @param minBytes how much must have passed before a transfer is large, 1 byte to 1 PiB; default
 *     {@value #DEFAULT_MIN_BYTES}
 * @param intervalMillis how often a lane publishes what its transfers do, 100 ms to 1 hour; default
 *     {@value #DEFAULT_INTERVAL_MILLIS}
 */
public record ProgressConfig(boolean enabled, long minBytes, int intervalMillis) {

  /** 10 MiB. */
  public static final long DEFAULT_MIN_BYTES = 10 << 20;

  /** One second. */
  public static final int DEFAULT_INTERVAL_MILLIS = 1000;

  static ProgressConfig read(ObjectReader r) {
    return new ProgressConfig(
        r.optional("enabled", true, Shape.bool()),
        r.optional("minBytes", DEFAULT_MIN_BYTES, Shape.whole(1, 1L << 50)),
        r.optional("intervalMillis", DEFAULT_INTERVAL_MILLIS, Shape.integer(100, 3_600_000)));
  }
}
