package dev.weir.upstream;

import dev.weir.exchange.ClientRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The body of a request that may be tried again: what has come of it so far, and the way of the
 * rest to whichever attempt is the current one.
 *
 * <p>Belongs to the current attempt, but for {@link #arrived}: what the client's side had sent off
 * when an attempt was given up is parked here until the next one takes over.
 */
final class Replay {

  /** Who takes what arrives, for one attempt. */
  interface Sink {

    /** Runs something on the event loop of the attempt. */
    void onLoop(Runnable task);

    void piece(Buffer piece);

    /** The body has come to its end. */
    void end();
  }

  /** Stands for the end of the body among what has arrived. */
  private static final Object END = new Object();

  private final int maxBytes;
  private final List<byte[]> pieces = new ArrayList<>();
  private final Queue<Object> parked = new ConcurrentLinkedQueue<>();
  private volatile Sink sink; // null between two attempts
  private int size;
  private boolean complete;
  private boolean lost;
  private boolean continued;
  private boolean crossed;
  private boolean asked;
  private boolean listening;

  /**
   * @param maxBytes how much of the body is kept
   */
  Replay(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  // --- what is kept

  /** Keeps a piece that came from the client, unless that makes too much. */
  void keep(ByteBuf piece) {
    if (!lost) {
      size += piece.readableBytes();
      if (size > maxBytes) {
        drop();
      } else {
        pieces.add(bytes(piece));
      }
    }
  }

  /**
   * The piece's own array where that is possible: it lives on the heap, and nobody writes to it.
   */
  private static byte[] bytes(ByteBuf piece) {
    return ByteBufUtil.getBytes(piece, piece.readerIndex(), piece.readableBytes(), false);
  }

  /** The whole body has come. */
  void complete() {
    complete = true;
  }

  boolean isComplete() {
    return complete;
  }

  /** From now on the body can't be sent again. */
  void drop() {
    lost = true;
    pieces.clear();
  }

  /** Whether a part of the body is gone. */
  boolean isLost() {
    return lost;
  }

  /** Whether there is something to send again. */
  boolean hasBegun() {
    return complete || continued || !pieces.isEmpty();
  }

  /** The client was told to send the body. */
  void continued() {
    continued = true;
  }

  void forEach(Consumer<ByteBuf> each) {
    pieces.forEach(piece -> each.accept(Unpooled.wrappedBuffer(piece)));
  }

  // --- what is on its way

  /** Whether an attempt read the client piece by piece; then all later ones do. */
  boolean isCrossed() {
    return crossed;
  }

  void crossed() {
    crossed = true;
  }

  /** From now on {@code next} gets what arrives, after what has arrived since the last one left. */
  void attach(ClientRequest request, Sink next) {
    if (!listening) {
      listening = true;
      request.handler(this::arrived);
      request.endHandler(end -> arrived(END));
    }
    sink = next;
    unpark();
  }

  /** Notes that the next piece is asked for; returns whether it was not yet. */
  boolean ask() {
    boolean first = !asked;
    asked = true;
    return first;
  }

  /** From now on what arrives is kept for the next attempt. */
  void detach() {
    sink = null;
  }

  /** Something came from the client's side, on its event loop. */
  private void arrived(Object part) {
    Sink current = sink;
    if (current == null) {
      park(part);
    } else {
      current.onLoop(() -> deliver(part, current));
    }
  }

  private void deliver(Object part, Sink to) {
    if (sink == to) {
      hand(part, to);
    } else {
      park(part);
    }
  }

  private void hand(Object part, Sink to) {
    asked = false;
    if (part == END) {
      to.end();
    } else {
      to.piece((Buffer) part);
    }
  }

  private void park(Object part) {
    parked.add(part);
    Sink current = sink; // One that came in between may have looked already.
    if (current != null) {
      current.onLoop(this::unpark);
    }
  }

  private void unpark() {
    Sink current = sink;
    while (current != null && sink == current && !parked.isEmpty()) {
      Object part = parked.poll();
      if (part != null) {
        hand(part, current);
      }
    }
  }
}
