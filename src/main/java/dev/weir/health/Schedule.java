package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import java.util.function.DoubleSupplier;

/**
 * When an endpoint is probed, so that the probes of many endpoints never come in step: the first
 * one waits for a share of the interval that depends on the endpoint, and every interval is a
 * little shorter than asked for, by chance.
 */
final class Schedule {

  /** The most that chance takes off an interval. */
  static final double JITTER_RATIO = 0.1;

  /** 2^64 divided by the golden ratio: consecutive numbers times this are spread evenly. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final ActiveHealthConfig config;
  private final long offsetMillis;
  private final DoubleSupplier random;

  /**
   * @param key names the endpoint and the node, so that nodes that start together don't probe
   *     together
   * @param random from 0 to 1
   */
  Schedule(ActiveHealthConfig config, String key, DoubleSupplier random) {
    this.config = config;
    long intervalMillis = config.intervalMillis();
    this.offsetMillis = (((key.hashCode() * GOLDEN) >>> 32) * intervalMillis) >>> 32;
    this.random = random;
  }

  /** How long the first probe waits: 0 up to, but not including, the interval. */
  long offsetMillis() {
    return offsetMillis;
  }

  /**
   * From the start of a probe to the start of the next, which waits for the end of a probe that
   * takes longer. Never more than the interval: what takes {@code fall} probes to notice is noticed
   * within {@code fall} intervals and a timeout, or, where the timeout is the longer one, within an
   * interval and {@code fall} timeouts.
   */
  long nextMillis(RiseFall state) {
    long interval = intervalMillis(state);
    return interval - (long) (interval * JITTER_RATIO * random.getAsDouble());
  }

  private long intervalMillis(RiseFall state) {
    if (state.changing() && config.changingIntervalMillis() > 0) {
      return config.changingIntervalMillis();
    }
    boolean slow = !state.up() && config.downIntervalMillis() > 0;
    return slow ? config.downIntervalMillis() : config.intervalMillis();
  }
}
