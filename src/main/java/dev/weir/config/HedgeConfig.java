package dev.weir.config;

/**
 * When a request without a body, and of a method that may be sent twice, goes to a second endpoint
 * although the first one has not failed; the first good answer wins.
 *
 * @param delayMillis how long the first endpoint has before that, up to 7 days; with a percentile
 *     the least that it has; default 0, which is no hedge unless there is a percentile
 * @param percentile the share of recent requests, in percent, that had the head of their response
 *     in less time than the first endpoint has, 0 to 99; default 0, which goes by the delay alone
 */
public record HedgeConfig(long delayMillis, int percentile) {

  static HedgeConfig read(ObjectReader r) {
    return new HedgeConfig(
        r.optional("delayMillis", 0L, Common.MILLIS_OR_ZERO),
        r.optional("percentile", 0, Shape.integer(0, 99)));
  }

  /** Whether there are hedges. */
  public boolean enabled() {
    return delayMillis > 0 || percentile > 0;
  }
}
