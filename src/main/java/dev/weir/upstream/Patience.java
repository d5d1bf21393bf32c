package dev.weir.upstream;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Lateness;

/** How long an attempt waits for what. Asked by the sweep. */
final class Patience {

  private final Exchange exchange;
  private final Timeouts timeouts;
  private final Pace pace; // null when both sides may be slow
  private final long perTry; // 0 for no bound
  private long tryDeadline;
  private long deadline;
  private long looked;
  private boolean connected;
  private boolean moved;

  /**
   * @param retry tells how long a try may take; {@code null} when there is only one
   */
  Patience(Exchange exchange, Timeouts timeouts, RetryPolicy retry, long now) {
    this.exchange = exchange;
    this.timeouts = timeouts;
    this.deadline = Timeouts.never(now);
    this.perTry = retry == null ? 0 : retry.perTry();
    this.tryDeadline = retry == null ? deadline : retry.tryDeadline(now);
    this.pace = Pace.of(exchange, timeouts, now);
    this.looked = now;
  }

  /** There is no connection yet, and one has to come until then. */
  void waitUntil(long deadline) {
    this.deadline = deadline;
  }

  /** There is a connection. */
  void connected(long now) {
    connected = true;
    deadline = timeouts.firstByteDeadline(now);
  }

  /** The connection is gone, and another one is looked for. */
  void disconnected() {
    connected = false;
    moved = false;
  }

  /** Bytes moved: the wait for the next ones starts, with the next sweep. */
  void progress() {
    moved = true;
  }

  /** Whether bytes moved since the last check. */
  boolean hasMoved() {
    return moved;
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
   * Whether the deadline of the try is also one for its endpoint: it had half of the time. The rest
   * may have gone to the wait for a connection.
   *
   * @param since when the endpoint began to be waited for
   */
  boolean isFairTry(long since) {
    return tryDeadline - since >= perTry / 2;
  }

  /**
   * Looks at all deadlines.
   *
   * @param out carries the request; {@code null} before there is a stream, as is {@code in}
   * @param in carries the response
   * @return what took too long; {@code null} when nothing did
   */
  Lateness check(long now, RequestPump out, ResponsePump in) {
    if (waitsForBody(out)) {
      tryDeadline += now - looked;
    }
    looked = now;
    if (moved) {
      moved = false;
      deadline = next(now, out, in);
    }
    if (deadline - now < 0) {
      return missed(out, in);
    } else if (left(now) < 0) {
      return Lateness.REQUEST;
    } else if (tryDeadline - now < 0 && !hasHead(in)) {
      return Lateness.TRY;
    }
    boolean paced = pace != null && out != null;
    return paced ? pace.check(now, out.bytes() + in.bytes(), waitedFor(out, in)) : null;
  }

  /** Until when that has to come which the exchange waits for now. */
  private long next(long now, RequestPump out, ResponsePump in) {
    if (in.hasHead()) {
      return timeouts.idleDeadline(now);
    }
    if (out.waitsForClient()) {
      return now + exchange.bodyTimeoutNanos();
    }
    return out.isEnded() ? timeouts.firstByteDeadline(now) : timeouts.idleDeadline(now);
  }

  private Lateness missed(RequestPump out, ResponsePump in) {
    if (!connected) {
      return Lateness.POOL;
    } else if (hasHead(in)) {
      return in.waitsForClient() ? Lateness.CLIENT_READ : Lateness.IDLE;
    } else if (waitsForBody(out)) {
      return Lateness.CLIENT_SEND;
    }
    return out == null || out.isEnded() ? Lateness.FIRST_BYTE : Lateness.IDLE;
  }

  /** Who has to move the next byte of a body that has begun. */
  private static Pace.Side waitedFor(RequestPump out, ResponsePump in) {
    if (in.hasHead()) {
      return in.waitsForClient() ? Pace.Side.CLIENT : Pace.Side.UPSTREAM;
    } else if (out.bytes() == 0 || out.isEnded()) {
      return Pace.Side.NEITHER;
    }
    return out.waitsForClient() ? Pace.Side.CLIENT : Pace.Side.UPSTREAM;
  }

  private static boolean hasHead(ResponsePump in) {
    return in != null && in.hasHead();
  }

  private static boolean waitsForBody(RequestPump out) {
    return out != null && out.waitsForClient();
  }
}
