package dev.weir.accesslog;

import dev.weir.config.AccessLogConfig;
import java.util.function.LongSupplier;

/** Decides which exchanges are logged. Used by every event loop; it has no state of its own. */
final class Sampling {

  /** Fractions are taken from the upper 53 bits of a random number: all that a double can tell. */
  private static final int FRACTION_BITS = 53;

  private static final long ALL = 1L << FRACTION_BITS;

  /** The least status that is logged in any case. */
  private static final int SERVER_ERROR = 500;

  private final boolean enabled;
  private final long threshold;
  private final LongSupplier random;

  /**
   * @param random uniform over all longs, safe for every event loop; asked only in sampled mode
   */
  Sampling(AccessLogConfig config, LongSupplier random) {
    this.enabled = !config.mode().equals(AccessLogConfig.OFF);
    double ratio = config.mode().equals(AccessLogConfig.SAMPLED) ? config.sampleRatio() : 1;
    this.threshold = (long) (ratio * ALL);
    this.random = random;
  }

  boolean enabled() {
    return enabled;
  }

  boolean wants(int status, String flag) {
    return enabled && (threshold == ALL || status >= SERVER_ERROR || flag != null || chosen());
  }

  private boolean chosen() {
    return random.getAsLong() >>> (Long.SIZE - FRACTION_BITS) < threshold;
  }
}
