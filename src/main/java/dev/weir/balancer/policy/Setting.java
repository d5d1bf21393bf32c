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
 */
public record Setting(int offset, SplittableRandom random, LongSupplier nanos) {}
