package dev.weir.remote;

import dev.weir.exchange.ClientResponse;
import dev.weir.remote.Frame.Type;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The response to a client of another node: sent there in frames. Like the exchange it belongs to
 * one thread at a time, which may be another one than that of the link.
 */
final class ServedResponse implements ClientResponse {

  /** How much may wait for credit before the writer is asked to stop, in bytes. */
  private static final long FULL_BYTES = 64 << 10;

  /*
   * The writer adds to what was written and then looks at what was sent; the link adds to what was
   * sent and then looks whether the writer has stopped. All are volatile: at least one of the two
   * sees what the other has done, so the writer is never left waiting.
   */
  private volatile long written;
  private volatile long sent;
  private volatile boolean stopped;

  private final Served served;
  private MultiMap headers = HttpHeaders.headers();
  private MultiMap trailers;
  private int status = 200;
  private String reason;
  private boolean chunked;
  private volatile boolean headWritten;
  private volatile boolean ended;
  private volatile Handler<Void> drainHandler;

  ServedResponse(Served served) {
    this.served = served;
  }

  @Override
  public void status(int status) {
    this.status = status;
  }

  @Override
  public void reason(String reason) {
    this.reason = reason;
  }

  @Override
  public void chunked(boolean chunked) {
    this.chunked = chunked;
  }

  @Override
  public boolean isChunked() {
    return chunked;
  }

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public void headers(MultiMap fields) {
    headers = fields;
  }

  @Override
  public MultiMap trailers() {
    if (trailers == null) {
      trailers = HttpHeaders.headers();
    }
    return trailers;
  }

  JsonArray trailersJson() {
    return trailers == null ? new JsonArray() : Fields.toJson(trailers);
  }

  /** What stands in the head. */
  JsonObject toJson() {
    return new JsonObject()
        .put("status", status)
        .put("reason", ResponseHead.isText(reason) ? reason : null)
        .put("fields", Fields.toJson(headers))
        .put("chunked", chunked);
  }

  @Override
  public void writeContinue() {
    served.run(() -> served.send(Type.CONTINUE, null));
  }

  @Override
  public void writeEarlyHints(MultiMap hints) {
    JsonObject json = Fields.trailers(hints);
    served.run(() -> served.send(Type.HINTS, json));
  }

  @Override
  public void writeHead() {
    sendHead(true);
  }

  private void sendHead(boolean now) {
    if (!headWritten) {
      headWritten = true;
      JsonObject head = served.head();
      served.run(() -> served.sendHead(head, now));
    }
  }

  @Override
  public void write(Buffer piece) {
    sendHead(false);
    written += piece.length(); // One thread at a time.
    served.run(() -> served.sendBody(piece));
  }

  @Override
  public void end() {
    sendHead(false);
    ended = true; // It leaves with what the exchange has come to, which follows.
  }

  @Override
  public void end(Buffer piece) {
    if (!headWritten && !chunked && !headers.contains(HttpHeaders.CONTENT_LENGTH)) {
      headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(piece.length()));
    }
    sendHead(false);
    written += piece.length(); // One thread at a time.
    served.run(() -> served.sendLast(piece));
    end();
  }

  @Override
  public boolean writeQueueFull() {
    if (written - sent <= FULL_BYTES) {
      return false;
    }
    stopped = true;
    return written - sent > FULL_BYTES;
  }

  @Override
  public void drainHandler(Handler<Void> handler) {
    drainHandler = handler;
  }

  /** So much of the body was sent by now. */
  void sent(long bytes) {
    sent = bytes;
    Handler<Void> drained = drainHandler;
    if (stopped && drained != null && written - bytes <= FULL_BYTES) {
      stopped = false;
      drained.handle(null);
    }
  }

  @Override
  public boolean headWritten() {
    return headWritten;
  }

  boolean ended() {
    return ended;
  }

  @Override
  public long bytesWritten() {
    return written;
  }
}
