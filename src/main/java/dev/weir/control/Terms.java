package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import java.util.concurrent.TimeUnit;

/**
 * What every command that changes the configuration may say beside the change itself.
 *
 * @param ifVersion the only version that the change is meant for, 1 or more; default null, any
 * @param dryRun whether to only say what would change; default false
 * @param ttlMillis when the change is taken back, 1 ms to 30 days; default 0, which is never
 */
record Terms(Long ifVersion, boolean dryRun, long ttlMillis) {

  /** The greatest integer that every JSON implementation can represent. */
  private static final long MAX_VERSION = (1L << 53) - 1;

  /** A version of the configuration. */
  static final Shape<Long> VERSION = Shape.whole(1, MAX_VERSION);

  private static final Shape<Long> TTL = Shape.whole(1, TimeUnit.DAYS.toMillis(30));

  static Terms read(ObjectReader fields) {
    return new Terms(
        fields.optional("ifVersion", null, VERSION),
        fields.optional("dryRun", false, Shape.bool()),
        fields.optional("ttlMillis", 0L, TTL));
  }
}
