package dev.weir.upstream;

import dev.weir.body.BodyGuard;
import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Flag;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.buffer.BufferInternal;

/** Reads the body of a request whole, piece by piece: a message has no parts. */
final class BusBody {
  private final BusAttempt attempt;
  private final Exchange exchange;
  private final ClientRequest request;
  private final int maxBytes;
  private final Buffer whole = Buffer.buffer();

  /**
   * @param maxBytes how large it may be
   */
  BusBody(BusAttempt attempt, int maxBytes) {
    this.attempt = attempt;
    this.exchange = attempt.exchange();
    this.request = exchange.downstream().request();
    this.maxBytes = maxBytes;
  }

  void start() {
    String length = exchange.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (Framing.contentLength(length) > maxBytes) {
      attempt.refuse(Flag.PL, null);
      return;
    }
    request.handler(piece -> attempt.context().emit(piece, this::piece));
    request.endHandler(end -> attempt.context().emit(end, over -> end()));
    if (exchange.headers().contains(HttpHeaders.EXPECT)) {
      exchange.downstream().response().writeContinue();
    }
    request.fetch(1); // Nothing piles up between two event loops.
  }

  private void piece(Buffer piece) {
    BodyGuard guard = exchange.guard();
    if (attempt.isOver()
        || guard != null && !attempt.admits(guard.pass(((BufferInternal) piece).getByteBuf()))) {
      return;
    }
    if (whole.length() + piece.length() > maxBytes) {
      attempt.refuse(Flag.PL, null);
      return;
    }
    whole.appendBuffer(piece);
    attempt.progress();
    request.fetch(1);
  }

  private void end() {
    BodyGuard guard = exchange.guard();
    if (!attempt.isOver() && (guard == null || attempt.admits(guard.end()))) {
      attempt.read(whole);
    }
  }

  /** How much has come. */
  int bytes() {
    return whole.length();
  }
}
