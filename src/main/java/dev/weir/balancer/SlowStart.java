package dev.weir.balancer;

import dev.weir.config.SlowStartConfig;
import dev.weir.node.Endpoint;
import java.util.concurrent.TimeUnit;

/** The share that an endpoint has while it is new, by Envoy's formula. */
final class SlowStart {

  static final int WHOLE = 100;

  private static final long LEAST_STEP_MILLIS = 10;
  private static final long MOST_STEP_MILLIS = 1000;

  private final long windowNanos;
  private final double exponent;
  private final int minPercent;

  SlowStart(SlowStartConfig config) {
    windowNanos = TimeUnit.MILLISECONDS.toNanos(config.windowMillis());
    exponent = 1 / config.aggression();
    minPercent = config.minPercent();
  }

  /** What percentage of its weight an endpoint has. */
  int percent(Endpoint endpoint, long now) {
    return endpoint.joined() == 0 ? WHOLE : percent(now - endpoint.joined());
  }

  /**
   * @param age nanoseconds since the endpoint came back
   */
  int percent(long age) {
    if (age >= windowNanos) {
      return WHOLE;
    }
    double share = Math.pow((double) Math.max(0, age) / windowNanos, exponent);
    return Math.max(minPercent, (int) Math.round(WHOLE * share));
  }

  /** After how long the shares are worth computing again. */
  long stepMillis() {
    long step = TimeUnit.NANOSECONDS.toMillis(windowNanos) / WHOLE;
    return Math.max(LEAST_STEP_MILLIS, Math.min(MOST_STEP_MILLIS, step));
  }
}
