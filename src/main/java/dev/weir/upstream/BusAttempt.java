package dev.weir.upstream;

import dev.weir.body.BodyGuard;
import dev.weir.exchange.Cancellable;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Exchange.BodyKind;
import dev.weir.exchange.Flag;
import dev.weir.exchange.Lateness;
import dev.weir.exchange.LocalReply;
import dev.weir.exchange.Trouble;
import dev.weir.node.Endpoint;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.DecodeException;

/**
 * One try of an exchange at an address of the event bus: the body of the request is read whole,
 * sent, and the reply becomes the response.
 *
 * <p>All methods run on the lane's event loop, but for {@link #cancel(Flag)}.
 */
final class BusAttempt extends Sweep.Entry implements Cancellable {
  private final Lane lane;
  private final Exchange exchange;
  private final Endpoint endpoint;
  private final Rules rules;
  private final RetryPolicy retry; // null when there is none
  private final AttemptRecord record;
  private final boolean further;
  private BusPatience patience;
  private BusBody body; // null while none is read
  private boolean over;

  /**
   * @param retry when the exchange is tried again; {@code null} for never
   */
  BusAttempt(Lane lane, Exchange exchange, Rules rules, RetryPolicy retry) {
    this.lane = lane;
    this.exchange = exchange;
    this.endpoint = exchange.endpoint();
    this.rules = rules;
    this.retry = retry;
    this.further = exchange.attempts() > 1;
    this.record = new AttemptRecord(lane, endpoint, rules.onBus(), exchange.takeTrial(), further);
  }

  void start() {
    long now = lane.clock().exact();
    record.begin(now);
    patience = new BusPatience(exchange, rules.timeouts(), retry, now);
    lane.sweep().add(this);
    exchange.work(this);
    if (!over) {
      exchange.flag(null);
      exchange.detail(null);
      exchange.timing().picked(now);
    }
    Limits.Limit exceeded = over ? null : rules.limits().exceeded(endpoint.load(), further);
    if (exceeded != null) {
      exchange.detail(exceeded.label());
      fail(Flag.UO, exceeded.title());
    } else if (!over) {
      begin();
    }
  }

  private void begin() {
    if (exchange.body() == BodyKind.NONE || exchange.whole() != null) {
      send();
    } else {
      body = new BusBody(this, rules.upstream().config().maxBusBytes(), Retrial.kept(exchange));
      body.start();
    }
  }

  Exchange exchange() {
    return exchange;
  }

  ContextInternal context() {
    return lane.context();
  }

  boolean isOver() {
    return over;
  }

  // --- the body of the request

  /** A piece of the body came. */
  void progress() {
    patience.progress(lane.clock().now());
  }

  /** The whole body has come. */
  void read(Buffer whole) {
    exchange.whole(whole);
    body = null;
    send();
  }

  /** Whether the body may go on; answers the client when it may not. */
  boolean admits(BodyGuard.Verdict verdict) {
    switch (verdict) {
      case PASS -> {
        return true;
      }
      case TOO_LARGE -> refuse(Flag.PL, null);
      case INVALID -> refuse(Flag.BI, exchange.guard().problem());
    }
    return false;
  }

  // --- the message

  private void send() {
    Object message;
    try {
      message = BusMessage.body(exchange);
    } catch (DecodeException e) {
      fail(Flag.BI, "The body is not well-formed JSON");
      return;
    }
    long now = lane.clock().exact();
    exchange.timing().connected(now);
    record.connected(now, true);
    long millis = patience.sent(now);
    lane.context()
        .owner()
        .eventBus()
        .request(endpoint.address(), message, BusMessage.options(exchange, millis))
        .onComplete(this::answered);
  }

  private void answered(AsyncResult<Message<Object>> answer) {
    if (over) {
      return;
    }
    if (answer.succeeded()) {
      respond(BusReply.of(answer.result()));
    } else if (answer.cause() instanceof ReplyException failure) {
      failed(failure);
    } else {
      fail(Flag.UF, "The message could not be sent");
    }
  }

  private void failed(ReplyException failure) {
    BusReply told = BusReply.of(failure);
    if (failure.failureType() == ReplyFailure.NO_HANDLERS) {
      trouble(Trouble.CONNECT_FAILURE, Flag.UH, "Nobody listens at the address of the upstream");
    } else if (failure.failureType() == ReplyFailure.TIMEOUT) {
      late(Lateness.FIRST_BYTE);
    } else if (told != null) {
      respond(told);
    } else {
      trouble(Trouble.RESET, Flag.UF, "The service failed");
    }
  }

  /**
   * @param reply {@code null} when it can't be a response
   */
  private void respond(BusReply reply) {
    if (reply == null) {
      fail(Flag.UP, "The service sent a reply that can't become a response");
      return;
    }
    long now = lane.clock().exact();
    exchange.timing().firstByte(now);
    record.answered(reply.status(), true, now);
    record.accepted(reply.status(), now);
    exchange.status(reply.status());
    Trouble trouble = retry == null ? null : retry.troubleOf(reply.status());
    Refusal refusal = trouble == null ? null : tryAgain(trouble, null);
    if (!over) {
      if (refusal != null && refusal.flag() != null) {
        exchange.flag(refusal.flag());
        exchange.detail(refusal.detail(trouble));
      }
      reply.write(exchange);
      exchange.end();
      finish(null);
    }
  }

  // --- trouble

  @Override
  void check(long now) {
    if (body != null) {
      record.waitsForClient(now);
    }
    Lateness late = patience.check(now, body);
    if (late != null) {
      late(late);
    }
  }

  private void late(Lateness what) {
    rules.metrics().late(what);
    exchange.detail(what.label());
    switch (what) {
      case CLIENT_SEND, CLIENT_RATE -> refuse(Flag.RT, what.title());
      case FIRST_BYTE, TRY -> trouble(Trouble.TIMEOUT, Flag.UT, what.title());
      case REQUEST -> {
        if (body != null || !patience.isFair(record.waitsSince())) {
          record.excuse(); // It waits for the client, or has hardly begun.
        }
        fail(Flag.UT, what.title());
      }
      default -> fail(Flag.UT, what.title());
    }
  }

  private void trouble(Trouble trouble, Flag flag, String detail) {
    Refusal refusal = tryAgain(trouble, flag);
    if (over) {
      return;
    }
    if (refusal.flag() != null) {
      finish(flag);
      exchange.detail(refusal.detail(trouble));
      LocalReply.send(exchange, refusal.flag(), refusal.status(flag), detail);
    } else {
      if (exchange.detail() == null) {
        exchange.detail(trouble.label());
      }
      fail(flag, detail);
    }
  }

  /**
   * Sends the exchange on its way once more when it may go.
   *
   * @param why what the attempt ended with; {@code null} for a response
   * @return what keeps the exchange from it; {@code null} when it is gone
   */
  private Refusal tryAgain(Trouble trouble, Flag why) {
    if (retry == null) {
      return Refusal.NOT_COVERED;
    }
    Retrial retrial = Retrial.of(exchange, retry, rules);
    // The body is kept whole, whatever its size.
    Refusal refusal = retrial.ask(trouble, false, 0, patience.left(lane.clock().exact()));
    if (refusal == null) {
      finish(why);
      exchange.flag(why == null ? Flag.UH : why); // For a balancer whose breaker refuses.
      exchange.status(0);
      retrial.go(lane);
    }
    return refusal;
  }

  /** Gives up and answers the client. */
  private void fail(Flag flag, String detail) {
    if (!over) {
      finish(flag);
      LocalReply.send(exchange, flag, detail);
    }
  }

  /** Refuses the rest of the request. */
  void refuse(Flag flag, String detail) {
    exchange.closing(true);
    fail(flag, detail);
  }

  @Override
  public void cancel(Flag why) {
    if (lane.loop().inEventLoop()) {
      cancelHere(why);
    } else {
      lane.loop().execute(() -> cancelHere(why));
    }
  }

  private void cancelHere(Flag why) {
    if (!over) {
      finish(why);
      exchange.endCancelled(why);
    }
  }

  private void finish(Flag why) {
    over = true;
    lane.sweep().remove(this);
    record.end(why, exchange.status());
  }
}
