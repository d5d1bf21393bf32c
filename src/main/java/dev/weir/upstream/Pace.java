package dev.weir.upstream;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Lateness;

/** Watches how fast both sides of an attempt move its bodies. Asked by the sweep. */
final class Pace {

  /** Whom an attempt waits for. */
  enum Side {
    CLIENT,
    UPSTREAM,
    /** Nobody who moves bytes: the service thinks. */
    NEITHER
  }

  private final Rate client;
  private final Rate upstream;
  private long looked;
  private long seen;

  private Pace(Rate client, Rate upstream, long now) {
    this.client = client;
    this.upstream = upstream;
    this.looked = now;
  }

  /** That of an attempt; {@code null} when both sides may be as slow as they like. */
  static Pace of(Exchange exchange, Timeouts timeouts, long now) {
    if (exchange.minBytesPerSecond() == 0 && timeouts.minBytesPerSecond() == 0) {
      return null;
    }
    Rate client = Rate.of(exchange.minBytesPerSecond(), exchange.rateWindowNanos());
    Rate upstream = Rate.of(timeouts.minBytesPerSecond(), timeouts.rateWindow());
    return new Pace(client, upstream, now);
  }

  /**
   * Looks again.
   *
   * @param bytes how many have passed by now
   * @param side whom the attempt waits for now
   * @return who is too slow; {@code null} when nobody is
   */
  Lateness check(long now, long bytes, Side side) {
    long elapsed = now - looked;
    long moved = bytes - seen;
    looked = now;
    seen = bytes;
    boolean clientSlow = isTooSlow(client, side == Side.CLIENT, elapsed, moved);
    boolean upstreamSlow = isTooSlow(upstream, side == Side.UPSTREAM, elapsed, moved);
    if (clientSlow) {
      return Lateness.CLIENT_RATE;
    }
    return upstreamSlow ? Lateness.RATE : null;
  }

  private static boolean isTooSlow(Rate rate, boolean waitedFor, long elapsed, long moved) {
    if (rate == null) {
      return false;
    }
    if (!waitedFor) {
      rate.passed(moved);
      return false;
    }
    return rate.isTooSlow(elapsed, moved);
  }
}
