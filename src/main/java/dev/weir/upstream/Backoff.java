package dev.weir.upstream;

import dev.weir.config.BackoffConfig;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/**
 * How long to wait before another try: full jitter, so that requests that failed together do not
 * come back together.
 */
final class Backoff {

  private final long base;
  private final long max;
  private final long retryAfterMax;
  private final LongUnaryOperator random;

  /**
   * @param random a number from 0 to below its argument, by chance
   */
  Backoff(BackoffConfig config, LongUnaryOperator random) {
    base = TimeUnit.MILLISECONDS.toNanos(config.baseMillis());
    max = TimeUnit.MILLISECONDS.toNanos(config.maxMillis());
    retryAfterMax = TimeUnit.MILLISECONDS.toNanos(config.retryAfterMaxMillis());
    this.random = random;
  }

  /**
   * The wait in nanoseconds.
   *
   * @param failed how many attempts have failed, at least 1
   * @param retryAfter what the response asked for, in nanoseconds; 0 for nothing
   */
  long nanos(int failed, long retryAfter) {
    long most = Math.min(max, base << Math.min(failed - 1, Byte.SIZE));
    long chosen = most == 0 ? 0 : random.applyAsLong(most);
    return Math.max(chosen, Math.min(retryAfter, retryAfterMax));
  }
}
