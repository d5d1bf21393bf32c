package dev.weir.announce;

import java.util.concurrent.TimeUnit;

/**
 * How much somebody may still say: a bucket that fills up again within a second. For one thread.
 */
final class Allowance {
  private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private double left;
  private long filledAt;

  Allowance(int perSecond, long now) {
    left = perSecond;
    filledAt = now;
  }

  /** Takes one, if there is one. */
  boolean take(int perSecond, long now) {
    left = Math.min(perSecond, left + perSecond * ((now - filledAt) / SECOND_NANOS));
    filledAt = now;
    boolean taken = left >= 1;
    left -= taken ? 1 : 0;
    return taken;
  }
}
