package dev.weir.remote;

import dev.weir.exchange.DraftResponse;
import dev.weir.remote.Frame.Type;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The response to a client of another node: sent there in frames. Like the exchange it belongs to
 * one thread at a time, which may be another one than that of the link.
 */
final class ServedResponse extends DraftResponse {

  /** How much may wait for credit before the writer is asked to stop, in bytes. */
  private static final long FULL_BYTES = 64 << 10;

  private final Served served;
  private volatile long written; // By one thread at a time.
  private volatile long sent; // By the link.
  private volatile boolean ended;

  ServedResponse(Served served) {
    this.served = served;
  }

  JsonArray trailersJson() {
    return hasTrailers() ? Fields.toJson(trailers()) : new JsonArray();
  }

  /** What stands in the head. */
  JsonObject toJson() {
    return new JsonObject()
        .put("status", status())
        .put("reason", ResponseHead.isText(reason()) ? reason() : null)
        .put("fields", Fields.toJson(headers()))
        .put("chunked", isChunked());
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
    if (!headWritten()) {
      headIsWritten();
      JsonObject head = served.head();
      served.run(() -> served.sendHead(head, now));
    }
  }

  @Override
  public void write(Buffer piece) {
    sendHead(false);
    written += piece.length();
    served.run(() -> served.sendBody(piece));
  }

  @Override
  public void end() {
    sendHead(false);
    ended = true; // It leaves with what the exchange has come to, which follows.
  }

  @Override
  public void end(Buffer piece) {
    if (!headWritten() && !isChunked() && !headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(piece.length()));
    }
    sendHead(false);
    written += piece.length();
    served.run(() -> served.sendLast(piece));
    end();
  }

  @Override
  protected boolean isFull() {
    return written - sent > FULL_BYTES;
  }

  /** So much of the body was sent by now. */
  void sent(long bytes) {
    sent = bytes;
    drained();
  }

  boolean ended() {
    return ended;
  }

  @Override
  public long bytesWritten() {
    return written;
  }
}
