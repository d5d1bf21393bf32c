package dev.weir.upstream;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Lateness;
import java.util.concurrent.TimeUnit;

/** How long an attempt on the event bus waits for what. Asked by the sweep. */
final class BusPatience {
  /** The bus gives up on its own a little later, so that the sweep is who says why. */
  private static final long MARGIN_MILLIS = 1000;

  private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(7);

  private final Exchange exchange;
  private final Timeouts timeouts;
  private final Pace pace; // null when the client may be slow
  private final long perTry; // 0 for no bound
  private long tryDeadline;
  private long looked;
  private long bodyDeadline;
  private long replyDeadline;

  /**
   * @param retry tells how long a try may take; {@code null} when there is only one
   */
  BusPatience(Exchange exchange, Timeouts timeouts, RetryPolicy retry, long now) {
    this.exchange = exchange;
    this.timeouts = timeouts;
    perTry = retry == null ? 0 : retry.perTry();
    tryDeadline = retry == null ? Timeouts.never(now) : retry.tryDeadline(now);
    replyDeadline = Timeouts.never(now);
    pace = Pace.of(exchange, timeouts, now);
    looked = now;
    progress(now);
  }

  /** A piece of the body came. */
  void progress(long now) {
    bodyDeadline = now + exchange.bodyTimeoutNanos();
  }

  /** The message is under way; returns how long the bus has for the reply. */
  long sent(long now) {
    replyDeadline = timeouts.firstByteDeadline(now);
    long nanos = Math.min(replyDeadline - now, Math.min(left(now), tryDeadline - now));
    long millis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos));
    return Math.min(LONGEST_MILLIS, millis + MARGIN_MILLIS);
  }

  private long requestDeadline() {
    return timeouts.requestDeadline(exchange.timing().start());
  }

  /** How much time the exchange has left, in nanoseconds. */
  long left(long now) {
    return requestDeadline() - now;
  }

  /**
   * Whether the deadline of the exchange is also one for its endpoint.
   *
   * @param since when the endpoint began to be waited for
   */
  boolean isFair(long since) {
    return timeouts.isFair(since, requestDeadline(), perTry);
  }

  /**
   * Looks at all deadlines.
   *
   * @param body is being read; {@code null} when none is
   * @return what took too long; {@code null} when nothing did
   */
  Lateness check(long now, BusBody body) {
    if (body != null) {
      tryDeadline += now - looked;
    }
    looked = now;
    if (left(now) < 0) {
      return Lateness.REQUEST;
    }
    if (body != null) {
      return bodyDeadline - now < 0 ? Lateness.CLIENT_SEND : tooSlow(now, body);
    }
    if (replyDeadline - now < 0) {
      return Lateness.FIRST_BYTE;
    }
    return tryDeadline - now < 0 ? Lateness.TRY : null;
  }

  private Lateness tooSlow(long now, BusBody body) {
    return pace == null ? null : pace.check(now, body.bytes(), Pace.Side.CLIENT);
  }
}
