package dev.weir.remote;

import dev.weir.body.BodyGuard;
import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Exchange;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Reads the body of a request and sends it to the node that serves it, once that has said that it
 * does: until then the client keeps it, and the exchange may go to another node instead.
 */
final class Upload {

  private final Call call;
  private final ClientRequest request;
  private final BodyGuard guard;
  private final Exchange exchange;
  private final Outlet outlet;
  private boolean begun;
  private boolean full;

  Upload(Call call, Exchange exchange, Outlet outlet) {
    this.call = call;
    this.exchange = exchange;
    this.request = exchange.downstream().request();
    this.guard = exchange.guard();
    this.outlet = outlet;
  }

  /** Whether something of the body may have been read. */
  boolean isBegun() {
    return begun;
  }

  /** How much was sent. */
  long bytes() {
    return outlet.sent();
  }

  /** The other node takes so many bytes more. */
  void credit(int bytes) {
    outlet.credit(bytes);
    if (!begun) {
      begun = true;
      request.handler(this::chunk);
      request.endHandler(end -> end());
      request.resume();
    } else if (full && !outlet.isWaiting()) {
      full = false;
      request.resume();
    }
  }

  private void chunk(Buffer chunk) {
    if (call.isOver() || !admits(chunk)) {
      return;
    }
    outlet.write(chunk);
    if (outlet.isWaiting()) {
      full = true;
      request.pause();
    }
  }

  private boolean admits(Buffer chunk) {
    return guard == null || call.admits(guard.pass(((BufferInternal) chunk).getByteBuf()));
  }

  private void end() {
    if (!call.isOver() && (guard == null || call.admits(guard.end()))) {
      outlet.end(Fields.trailers(exchange.trailers()));
    }
  }
}
