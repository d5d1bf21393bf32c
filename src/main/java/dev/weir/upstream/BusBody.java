package dev.weir.upstream;

import dev.weir.body.BodyGuard;
import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Flag;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.buffer.BufferInternal;

/** Reads the body of a request whole, piece by piece: a message has no parts. */
final class BusBody implements Replay.Sink {
  private final BusAttempt attempt;
  private final Exchange exchange;
  private final ClientRequest request;
  private final int maxBytes;
  private final Replay replay;
  private final Buffer whole = Buffer.buffer();

  /**
   * @param maxBytes how large it may be
   * @param replay what attempts elsewhere have kept of it; {@code null} when there were none
   */
  BusBody(BusAttempt attempt, int maxBytes, Replay replay) {
    this.attempt = attempt;
    this.exchange = attempt.exchange();
    this.request = exchange.downstream().request();
    this.maxBytes = maxBytes;
    this.replay = replay;
  }

  void start() {
    String length = exchange.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (Framing.contentLength(length) > maxBytes) {
      attempt.refuse(Flag.PL, null);
      return;
    }
    if (replay != null && replay.hasBegun() && !begunAgain()) {
      return;
    }
    listen();
    if (exchange.headers().contains(HttpHeaders.EXPECT)) {
      exchange.downstream().response().writeContinue();
    }
    fetch();
  }

  /** Takes what an attempt before has kept; returns whether there is more to come. */
  private boolean begunAgain() {
    exchange.headers().remove(HttpHeaders.EXPECT);
    replay.forEach(piece -> whole.appendBuffer(BufferInternal.buffer(piece)));
    replay.drop(); // From here on it is kept whole.
    if (whole.length() > maxBytes) {
      attempt.refuse(Flag.PL, null);
      return false;
    }
    if (replay.isComplete()) {
      attempt.read(whole);
    }
    return !replay.isComplete();
  }

  private void listen() {
    if (replay == null) {
      request.handler(piece -> onLoop(() -> piece(piece)));
      request.endHandler(end -> onLoop(this::end));
      return;
    }
    replay.attach(request, this);
  }

  private void fetch() {
    if (replay == null || replay.ask()) {
      request.fetch(1); // Nothing piles up between two event loops.
    }
  }

  @Override
  public void onLoop(Runnable task) {
    attempt.context().emit(task, Runnable::run);
  }

  @Override
  public void piece(Buffer piece) {
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
    fetch();
  }

  @Override
  public void end() {
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
