package dev.weir.upstream;

import dev.weir.config.TimeoutConfig;
import java.util.concurrent.TimeUnit;

/** The timeouts of an upstream in nanoseconds; one that is off never passes. */
final class Timeouts {

  private final long firstByte;
  private final long idle;
  private final long request;
  private final long minBytesPerSecond;
  private final long rateWindow;

  Timeouts(TimeoutConfig config) {
    firstByte = TimeUnit.MILLISECONDS.toNanos(config.firstByteMillis());
    idle = TimeUnit.MILLISECONDS.toNanos(config.idleMillis());
    request = TimeUnit.MILLISECONDS.toNanos(config.requestMillis());
    minBytesPerSecond = config.minBytesPerSecond();
    rateWindow = TimeUnit.MILLISECONDS.toNanos(config.rateWindowMillis());
  }

  long firstByteDeadline(long now) {
    return deadline(now, firstByte);
  }

  long idleDeadline(long now) {
    return deadline(now, idle);
  }

  long requestDeadline(long start) {
    return deadline(start, request);
  }

  /**
   * Whether an endpoint that gives no answer by the deadline of a request is too slow. It is when
   * it alone was waited for during at least half of the time that the whole request has, or for as
   * long as a try may take. One that had less, because the time went to other tries or to the
   * client, has shown nothing.
   *
   * @param since when it began to be waited for
   * @param deadline of the whole request
   * @param perTry how long a try may take; 0 for no bound
   */
  boolean isFair(long since, long deadline, long perTry) {
    long enough = perTry == 0 ? request / 2 : Math.min(request / 2, perTry);
    return deadline - since >= enough;
  }

  /** How fast an endpoint has to be; 0 for no matter how. */
  long minBytesPerSecond() {
    return minBytesPerSecond;
  }

  /** Over how many nanoseconds that is measured. */
  long rateWindow() {
    return rateWindow;
  }

  private static long deadline(long from, long duration) {
    return duration == 0 ? never(from) : from + duration;
  }

  /** A deadline that does not pass; differences of {@link System#nanoTime()} must not overflow. */
  static long never(long now) {
    return now + Long.MAX_VALUE / 2;
  }
}
