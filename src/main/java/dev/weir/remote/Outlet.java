package dev.weir.remote;

import dev.weir.remote.Frame.Type;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sends the body of one message as far as there is credit for it, and before it the head, if it is
 * sent here. What there is no credit for waits; who writes has to stop while something waits.
 */
final class Outlet {

  private final Link link;
  private final int stream;
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private int credit;
  private long sent;
  private JsonObject head;
  private JsonObject ending;
  private boolean ends;
  private boolean closed;

  /**
   * @param credit how many bytes may be sent by now
   */
  Outlet(Link link, int stream, int credit) {
    this.link = link;
    this.stream = stream;
    this.credit = credit;
  }

  /** Sends a head, together with what is written next. */
  void head(JsonObject head) {
    this.head = head;
  }

  /** Sends a piece. */
  void write(Buffer piece) {
    add(piece);
    flush();
  }

  /** Sends a piece, together with the end that follows at once. */
  void add(Buffer piece) {
    if (piece.length() > 0) {
      waiting.add(piece);
    }
  }

  /**
   * Sends the end, behind all that was written.
   *
   * @param ending what goes with it; {@code null} for nothing
   */
  void end(JsonObject ending) {
    this.ending = ending;
    ends = true;
    flush();
  }

  /** So many more bytes may be sent. */
  void credit(int bytes) {
    credit = Math.min(credit + bytes, Window.BYTES);
    flush();
  }

  /** Sends what may be sent. */
  void flush() {
    while (!closed) {
      Buffer piece = next();
      boolean last = ends && waiting.isEmpty();
      if (piece == Frame.NOTHING && head == null && !last) {
        return;
      }
      send(piece, last);
      closed = last;
    }
  }

  private void send(Buffer piece, boolean last) {
    sent += piece.length();
    if (head == null) {
      link.send(Type.DATA, stream, last, last ? ending : null, piece);
      return;
    }
    JsonObject first = head;
    head = null;
    link.send(Type.HEAD, stream, last, last ? first.put("end", ending) : first, piece);
  }

  private Buffer next() {
    Buffer first = waiting.peek();
    int length =
        first == null ? 0 : Math.min(first.length(), Math.min(credit, Frame.MAX_BODY_BYTES));
    if (length == 0) {
      return Frame.NOTHING;
    }
    waiting.remove();
    if (length < first.length()) {
      waiting.addFirst(first.slice(length, first.length()));
    }
    credit -= length;
    return length < first.length() ? first.slice(0, length) : first;
  }

  /** Whether something waits for credit. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Whether the end was sent, or nothing more is. */
  boolean isClosed() {
    return closed;
  }

  /** How many bytes were sent. */
  long sent() {
    return sent;
  }

  /** Nothing more is sent. */
  void close() {
    closed = true;
    waiting.clear();
  }
}
