package dev.weir.remote;

import dev.weir.exchange.PacedRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * The request of a client of another node. Its body waits until it is asked for; meanwhile its
 * sender has no credit for more.
 */
final class ServedRequest extends PacedRequest {

  private final Served served;
  private final Window window = new Window(Window.BYTES);
  private boolean last; // Whether the end has come.

  ServedRequest(Served served, RequestHead head, MultiMap headers) {
    super(head.httpMethod(), head.httpVersion(), head.target(), headers, 0);
    this.served = served;
  }

  @Override
  protected void run(Runnable task) {
    served.run(task);
  }

  /** A piece has come from the other node. */
  void received(Buffer piece, boolean end) {
    if (last) {
      throw new FrameException("a body behind its end");
    }
    last = end;
    window.received(piece.length());
    if (piece.length() > 0) {
      received(piece);
    }
    if (end) {
      receivedAll();
    }
  }

  @Override
  protected void handed(int length) {
    window.used(length);
    int more = last ? 0 : window.grant();
    if (more > 0) {
      served.used(more);
    }
  }
}
