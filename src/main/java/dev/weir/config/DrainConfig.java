package dev.weir.config;

/**
 * How the gateway stops.
 *
 * @param deadlineMillis how long what is in flight may take to finish, 0 ms to 7 days; 0 cuts it
 *     off at once; default {@value #DEFAULT_DEADLINE_MILLIS}
 * @param idleGraceMillis how long an idle keep-alive connection stays usable after the drain began,
 *     so that a request under way to it is not lost, 0 ms to 7 days; default {@value
 *     #DEFAULT_IDLE_GRACE_MILLIS}
 */
public record DrainConfig(long deadlineMillis, long idleGraceMillis) {

  /** 30 seconds. */
  public static final long DEFAULT_DEADLINE_MILLIS = 30_000;

  /** One second. */
  public static final long DEFAULT_IDLE_GRACE_MILLIS = 1000;

  static DrainConfig read(ObjectReader r) {
    return new DrainConfig(
        r.optional("deadlineMillis", DEFAULT_DEADLINE_MILLIS, Common.MILLIS_OR_ZERO),
        r.optional("idleGraceMillis", DEFAULT_IDLE_GRACE_MILLIS, Common.MILLIS_OR_ZERO));
  }
}
