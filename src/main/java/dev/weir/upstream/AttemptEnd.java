package dev.weir.upstream;

import dev.weir.body.BodyGuard;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Exchange.BodyKind;
import dev.weir.exchange.Flag;
import dev.weir.exchange.Lateness;
import dev.weir.exchange.LocalReply;
import dev.weir.exchange.Trouble;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;

/**
 * Decides what an attempt comes to that does not come to a whole response: another try, the answer
 * of another attempt that is under way, or one of the gateway's own. Made when it is needed.
 */
final class AttemptEnd {

  private final Attempt attempt;
  private final Lane lane;
  private final Exchange exchange;
  private final Rules rules;
  private final RetryPolicy retry; // null when there is none

  AttemptEnd(Attempt attempt, Lane lane, Rules rules, RetryPolicy retry) {
    this.attempt = attempt;
    this.lane = lane;
    this.exchange = attempt.exchange();
    this.rules = rules;
    this.retry = retry;
  }

  /** Something has taken too long. */
  void late(Lateness what) {
    note(what);
    String title = what.title();
    switch (what) {
      case POOL -> attempt.fail(Flag.UO, title);
      case CLIENT_READ -> attempt.fail(Flag.RT, title);
      case CLIENT_SEND, CLIENT_RATE -> refuse(Flag.RT, title);
      case FIRST_BYTE -> trouble(Trouble.TIMEOUT, Flag.UT, title);
      case TRY -> {
        if (!attempt.hadItsTry()) {
          attempt.excuse();
        }
        trouble(Trouble.TIMEOUT, Flag.UT, title);
      }
      case IDLE -> {
        if (attempt.hasHead()) {
          attempt.fail(Flag.UT, title);
        } else {
          trouble(Trouble.TIMEOUT, Flag.UT, title);
        }
      }
      case REQUEST -> {
        if (!attempt.hadItsTime()) {
          attempt.excuse();
        }
        attempt.fail(Flag.UT, title);
      }
      default -> attempt.fail(Flag.UT, title);
    }
  }

  /** Counts what took too long. */
  void note(Lateness what) {
    rules.metrics().late(what);
    exchange.detail(what.label());
  }

  /** The connection broke, or what came on it is no response. */
  void failed(Throwable failure) {
    boolean reset = failure instanceof StreamResetException;
    Flag flag = isBroken(failure) || reset ? Flag.UF : Flag.UP;
    if (attempt.hasHead() || flag == Flag.UP) {
      attempt.fail(flag, null);
    } else {
      boolean unseen = !attempt.hasBegun() || Framing.isRefused(failure);
      trouble(unseen ? Trouble.REFUSED_STREAM : Trouble.RESET, flag, null);
    }
  }

  /** Whether the connection is gone, rather than what came on it wrong. */
  static boolean isBroken(Throwable failure) {
    return failure instanceof IOException || failure instanceof HttpClosedException;
  }

  /** The body may not go on: answers the client. */
  void stopped(BodyGuard.Verdict verdict) {
    BodyGuard guard = exchange.guard();
    if (verdict == BodyGuard.Verdict.TOO_LARGE) {
      refuse(Flag.PL, null);
    } else if (guard.isWhole()) {
      attempt.fail(Flag.BI, guard.problem()); // The connection of the client may stay.
    } else {
      refuse(Flag.BI, guard.problem());
    }
  }

  /** Refuses the rest of the request. */
  private void refuse(Flag flag, String detail) {
    exchange.closing(true);
    attempt.fail(flag, detail);
  }

  /**
   * There will be no response: tries again, or gives up.
   *
   * @param detail what exactly went wrong, for people; {@code null} for the flag's title
   */
  void trouble(Trouble trouble, Flag flag, String detail) {
    if (attempt.isOver() || attempt.yields(flag)) {
      return;
    }
    Refusal refusal = tryAgain(trouble, flag, 0);
    if (refusal != null && refusal.flag() != null) {
      attempt.abandon(flag);
      exchange.detail(refusal.detail(trouble));
      LocalReply.send(exchange, refusal.flag(), refusal.status(flag), detail);
    } else if (refusal != null) {
      if (exchange.detail() == null) {
        exchange.detail(trouble.label());
      }
      attempt.fail(flag, detail);
    }
  }

  /** Whether a response that is one of its troubles is dropped for a better one. */
  boolean dropped(ResponseHead head, Trouble trouble) {
    exchange.status(head.status());
    Refusal refusal = tryAgain(trouble, null, RetryAfter.nanos(head.fields()));
    if (refusal != null) {
      exchange.flag(refusal.flag());
      exchange.detail(refusal.flag() == null ? null : refusal.detail(trouble));
    }
    return refusal == null;
  }

  /**
   * Sends the exchange to another endpoint when it may go.
   *
   * @param why what the attempt ended with; {@code null} for a response
   * @param retryAfter for how long the response asks to be left alone, in nanoseconds
   * @return what keeps the exchange from it; {@code null} when it is gone
   */
  private Refusal tryAgain(Trouble trouble, Flag why, long retryAfter) {
    if (retry == null) {
      return Refusal.NOT_COVERED;
    }
    Retrial retrial = Retrial.of(exchange, retry, rules);
    boolean flows = exchange.body() != BodyKind.NONE && exchange.whole() == null;
    boolean read = attempt.hasBegun() && flows;
    Refusal refusal = retrial.ask(trouble, read, retryAfter, attempt.timeLeft());
    if (refusal == null) {
      attempt.leave(why);
      exchange.flag(why == null ? Flag.UH : why); // For a balancer that finds no endpoint.
      exchange.status(0);
      retrial.go(lane);
    }
    return refusal;
  }
}
