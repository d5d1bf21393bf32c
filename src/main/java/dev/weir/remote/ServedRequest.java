package dev.weir.remote;

import dev.weir.exchange.ClientRequest;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The request of a client of another node. Its body waits until it is asked for; meanwhile its
 * sender has no credit for more.
 */
final class ServedRequest implements ClientRequest {

  private final Served served;
  private final HttpMethod method;
  private final HttpVersion version;
  private final String target;
  private final MultiMap headers;
  private final Window window = new Window(Window.BYTES);
  private final Queue<Buffer> pieces = new ArrayDeque<>();
  private volatile Handler<Buffer> handler;
  private volatile Handler<Void> endHandler;
  private volatile long bytes;
  private volatile boolean ended;
  private long demand;
  private boolean whole;
  private boolean delivering;

  ServedRequest(Served served, RequestHead head, MultiMap headers) {
    this.served = served;
    this.method = head.httpMethod();
    this.version = head.httpVersion();
    this.target = head.target();
    this.headers = headers;
  }

  @Override
  public HttpMethod method() {
    return method;
  }

  @Override
  public HttpVersion version() {
    return version;
  }

  @Override
  public String uri() {
    return target;
  }

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public long bytesRead() {
    return bytes;
  }

  @Override
  public boolean isEnded() {
    return ended;
  }

  @Override
  public void handler(Handler<Buffer> handler) {
    this.handler = handler;
  }

  @Override
  public void endHandler(Handler<Void> endHandler) {
    this.endHandler = endHandler;
  }

  @Override
  public void pause() {
    served.run(() -> demand = 0);
  }

  @Override
  public void resume() {
    fetch(Long.MAX_VALUE);
  }

  @Override
  public void fetch(long amount) {
    served.run(
        () -> {
          demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
          deliver();
        });
  }

  /** A piece has come from the other node. */
  void received(Buffer piece, boolean end) {
    if (whole) {
      throw new FrameException("a body behind its end");
    }
    window.received(piece.length());
    bytes += piece.length();
    whole = end;
    if (piece.length() > 0) {
      pieces.add(piece);
    }
    deliver();
  }

  private void deliver() {
    if (delivering) {
      return; // The handler has asked for more.
    }
    delivering = true;
    try {
      while (demand > 0 && !pieces.isEmpty()) {
        Buffer piece = pieces.remove();
        consume();
        handler.handle(piece);
        window.used(piece.length());
        grant();
      }
    } finally {
      delivering = false;
    }
    if (demand > 0 && whole && !ended) {
      consume();
      ended = true;
      endHandler.handle(null);
    }
  }

  private void consume() {
    demand -= demand == Long.MAX_VALUE ? 0 : 1;
  }

  private void grant() {
    int more = whole ? 0 : window.grant();
    if (more > 0) {
      served.used(more);
    }
  }
}
