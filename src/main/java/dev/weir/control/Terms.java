package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;

/**
 * What every command that changes the configuration may say beside the change itself.
 *
 * @param ifVersion the only version that the change is meant for, 1 or more; default null, any
 * @param dryRun whether to only say what would change; default false
 */
record Terms(Long ifVersion, boolean dryRun) {

  /** The greatest integer that every JSON implementation can represent. */
  private static final long MAX_VERSION = (1L << 53) - 1;

  private static final Shape<Long> VERSION = Shape.whole(1, MAX_VERSION);

  static Terms read(ObjectReader fields) {
    return new Terms(
        fields.optional("ifVersion", null, VERSION),
        fields.optional("dryRun", false, Shape.bool()));
  }
}
