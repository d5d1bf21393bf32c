package dev.weir.balancer.policy;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Where a selector works.
 *
 * @param offset where one that goes in turns starts, so that lanes do not march in step and a new
 *     view goes on where the old one stood; any value
 * @param random chance, used by the selector's thread alone
 * @param nanos the clock
 * @param brief whether another selector takes over soon, so that the shares have to be right from
 *     the first selection on, and not only after a round
 */
public record Setting(int offset, SplittableRandom random, LongSupplier nanos, boolean brief) {

  /** One for as long as members stay as they are. */
  public Setting(int offset, SplittableRandom random, LongSupplier nanos) {
    this(offset, random, nanos, false);
  }
}
