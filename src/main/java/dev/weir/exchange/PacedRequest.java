package dev.weir.exchange;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A request whose body comes piece by piece, and waits here where it comes faster than it is
 * wanted. What a subclass calls or overrides runs on {@link Downstream#loop()}.
 */
public abstract class PacedRequest implements ClientRequest {

  /** A demand that is never used up. */
  protected static final long ALL = Long.MAX_VALUE;

  private final HttpMethod method;
  private final HttpVersion version;
  private final String uri;
  private final MultiMap headers;
  private volatile Handler<Buffer> handler;
  private volatile Handler<Void> endHandler;
  private volatile long bytes; // Written on the loop alone.
  private Queue<Buffer> pieces; // null while none had to wait
  private long demand;
  private boolean whole;
  private boolean ended;
  private boolean delivering;

  /**
   * @param demand how many pieces are wanted from the start
   */
  protected PacedRequest(
      HttpMethod method, HttpVersion version, String uri, MultiMap headers, long demand) {
    this.method = method;
    this.version = version;
    this.uri = uri;
    this.headers = headers;
    this.demand = demand;
  }

  /** Runs something on the loop: at once when it is the caller's. */
  protected abstract void run(Runnable task);

  /** A piece was handed on. */
  protected void handed(int length) {}

  /** The body was handed on to its end. */
  protected void handedAll() {}

  /** Pieces wait that did not, or wait no longer. */
  protected void heldChanged() {}

  @Override
  public final HttpMethod method() {
    return method;
  }

  @Override
  public final HttpVersion version() {
    return version;
  }

  @Override
  public final String uri() {
    return uri;
  }

  @Override
  public final MultiMap headers() {
    return headers;
  }

  @Override
  public final long bytesRead() {
    return bytes;
  }

  @Override
  public final void handler(Handler<Buffer> handler) {
    this.handler = handler;
  }

  @Override
  public final void endHandler(Handler<Void> handler) {
    this.endHandler = handler;
  }

  @Override
  public final void pause() {
    run(() -> demand = 0);
  }

  @Override
  public final void resume() {
    fetch(ALL);
  }

  @Override
  public final void fetch(long amount) {
    run(
        () -> {
          demand = demand + amount < 0 ? ALL : demand + amount;
          deliver();
        });
  }

  /** A piece of the body has come. */
  public final void received(Buffer piece) {
    bytes += piece.length();
    if (demand > 0 && !delivering && !isHeld()) {
      hand(piece);
      return;
    }
    if (pieces == null) {
      pieces = new ArrayDeque<>();
    }
    pieces.add(piece);
    heldChanged();
  }

  /** The body has come to its end. */
  public final void receivedAll() {
    whole = true;
    deliver();
  }

  /** Whether some of the body waits to be wanted. */
  public final boolean isHeld() {
    return pieces != null && !pieces.isEmpty();
  }

  /** Whether the body was handed on to its end. */
  public final boolean isEnded() {
    return ended;
  }

  private void deliver() {
    if (delivering) {
      return; // The handler has asked for more.
    }
    boolean held = isHeld();
    while (demand > 0 && isHeld()) {
      hand(pieces.remove());
    }
    if (demand > 0 && whole && !ended) {
      end();
    }
    if (held) {
      heldChanged();
    }
  }

  private void end() {
    demand -= demand == ALL ? 0 : 1;
    ended = true;
    if (endHandler != null) {
      endHandler.handle(null);
    }
    handedAll();
  }

  private void hand(Buffer piece) {
    demand -= demand == ALL ? 0 : 1;
    delivering = true;
    try {
      if (handler != null) {
        handler.handle(piece);
      }
      handed(piece.length());
    } finally {
      delivering = false;
    }
  }
}
