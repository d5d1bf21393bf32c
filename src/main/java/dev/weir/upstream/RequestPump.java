package dev.weir.upstream;

import dev.weir.body.BodyGuard;
import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Exchange.BodyKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Carries a request from the client's side to the upstream's.
 *
 * <p>The head of a request with a body is held back for the pieces of the body that arrived with
 * it, so that all leave in one write. When the streams live on different event loops the client's
 * side is read piece by piece: the next one is asked for when the last one was taken, so that
 * nothing piles up between the loops.
 */
final class RequestPump implements Replay.Sink {

  private static final CharSequence TE = HttpHeaders.createOptimized("te");

  private final Attempt attempt;
  private final Exchange exchange;
  private final ClientRequest request;
  private final Http1Channel channel;
  private final boolean sameLoop;
  private final BodyGuard guard;
  private final Replay replay;
  private long bytes;
  private boolean headSent;
  private boolean ended;
  private boolean full;
  private boolean abandoned;

  /**
   * @param replay what keeps the body for another try; {@code null} for nothing
   */
  RequestPump(Attempt attempt, Http1Channel channel, Replay replay) {
    this.attempt = attempt;
    this.exchange = attempt.exchange();
    this.request = exchange.downstream().request();
    this.channel = channel;
    this.guard = exchange.guard();
    this.replay = replay;
    boolean crossed = replay != null && replay.isCrossed();
    this.sameLoop = !crossed && exchange.downstream().loop() == attempt.loop();
  }

  void start() {
    if (exchange.body() == BodyKind.NONE) {
      sendEnd();
    } else if (exchange.whole() != null) {
      sendWhole();
    } else if (replay != null && replay.hasBegun()) {
      startAgain();
    } else {
      startReading();
    }
  }

  private void startReading() {
    listen();
    if (exchange.headers().contains(HttpHeaders.EXPECT)) {
      flushHead();
    }
    attempt.progress();
    fetch();
    if (sameLoop) {
      attempt.loop().execute(this::flushHead); // Runs behind the pieces that are there by now.
    } else {
      flushHead();
    }
  }

  private void listen() {
    if (replay == null) {
      request.handler(chunk -> onLoop(() -> piece(chunk)));
      request.endHandler(end -> onLoop(this::end));
      return;
    }
    if (!sameLoop) {
      replay.crossed();
    }
    replay.attach(request, this);
  }

  /** Sends a body that an attempt on the event bus has read whole. */
  private void sendWhole() {
    exchange.headers().remove(HttpHeaders.EXPECT);
    if (exchange.whole().length() > 0) {
      sendPiece(Unpooled.wrappedBuffer(exchange.whole().getBytes()));
    }
    sendEnd();
  }

  /** Sends what an attempt before this one has sent, and goes on from there. */
  private void startAgain() {
    exchange.headers().remove(HttpHeaders.EXPECT);
    attempt.progress();
    replay.forEach(this::sendPiece);
    if (replay.isComplete()) {
      sendEnd();
      return;
    }
    flushHead();
    listen();
    if (!ended && !full && !abandoned) {
      fetch();
    }
  }

  /** The endpoint wants the body; the client hears of it when it has asked, and once. */
  void continued() {
    if (exchange.body() != BodyKind.NONE && exchange.headers().contains(HttpHeaders.EXPECT)) {
      if (replay != null) {
        replay.continued();
      }
      exchange.headers().remove(HttpHeaders.EXPECT);
      exchange.downstream().response().writeContinue();
    }
  }

  private void flushHead() {
    if (!headSent && !abandoned) {
      sendHead(null, false);
    }
  }

  @Override
  public void onLoop(Runnable task) {
    if (sameLoop) {
      task.run();
    } else {
      attempt.loop().execute(task);
    }
  }

  @Override
  public void piece(Buffer chunk) {
    if (abandoned) {
      return;
    }
    ByteBuf piece = ((BufferInternal) chunk).getByteBuf();
    if (guard != null && !attempt.admits(guard.pass(piece))) {
      return;
    }
    if (replay != null) {
      replay.keep(piece);
    }
    sendPiece(piece);
    attempt.progress();
    if (!channel.isWritable()) {
      full = true;
      if (sameLoop) {
        request.pause();
      }
    } else if (!sameLoop) {
      fetch();
    }
  }

  /** More can be written. */
  void drained() {
    if (full && !abandoned) {
      full = false;
      attempt.progress();
      fetch();
    }
  }

  private void fetch() {
    if (sameLoop) {
      request.resume();
    } else if (replay == null || replay.ask()) {
      request.fetch(1);
    }
  }

  @Override
  public void end() {
    if (!abandoned && (guard == null || attempt.admits(guard.end()))) {
      if (replay != null) {
        replay.complete();
      }
      sendEnd();
    }
  }

  private void sendPiece(ByteBuf piece) {
    bytes += piece.readableBytes();
    if (headSent) {
      channel.send(piece);
    } else {
      sendHead(piece, false);
    }
  }

  private void sendEnd() {
    ended = true;
    boolean hasBody = exchange.body() != BodyKind.NONE;
    MultiMap trailers = exchange.body() == BodyKind.STREAMED ? exchange.trailers() : null;
    if (headSent) {
      channel.sendEnd(trailers);
    } else if (trailers == null) {
      sendHead(null, true);
    } else {
      sendHead(null, false);
      channel.sendEnd(trailers);
    }
    if (hasBody) {
      attempt.sent();
      attempt.progress();
    }
  }

  private void sendHead(ByteBuf piece, boolean end) {
    headSent = true;
    MultiMap headers = exchange.headers();
    if (exchange.hostFromEndpoint() || !headers.contains(HttpHeaders.HOST)) {
      headers.set(HttpHeaders.HOST, attempt.endpoint().id());
    }
    if (headers.contains(TE)) {
      headers.set(HttpHeaders.CONNECTION, TE); // It is for this connection alone.
    }
    boolean chunked = exchange.body() == BodyKind.STREAMED;
    channel.send(exchange.method(), exchange.target(), headers, chunked, piece, end);
  }

  boolean isEnded() {
    return ended;
  }

  /** How much of the body has been sent on. */
  long bytes() {
    return bytes;
  }

  /** How large the body is; -1 when that is not known. */
  long totalBytes() {
    boolean sized = exchange.body() == BodyKind.SIZED;
    return sized ? Framing.contentLength(exchange.headers().get(HttpHeaders.CONTENT_LENGTH)) : -1;
  }

  /** Whether the next byte has to come from the client. */
  boolean waitsForClient() {
    return !ended && !full;
  }

  /** Nothing more is sent; what still arrives is for the next try, or the ingress's to discard. */
  void abandon() {
    abandoned = true;
    if (replay != null) {
      replay.detach();
      if (sameLoop && !ended) {
        request.pause();
      }
    }
  }
}
