package dev.weir.exchange;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * What stands in a response until it is written, and the writer's side of its flow.
 *
 * <p>A writer says that it has stopped and then looks again whether it has to; whoever makes room
 * does so and then looks whether the writer has stopped. As long as what {@link #isFull()} looks at
 * is volatile, at least one of the two sees what the other has done, and the writer is never left
 * waiting.
 */
public abstract class DraftResponse implements ClientResponse {

  private MultiMap headers;
  private MultiMap trailers;
  private int status = 200;
  private String reason;
  private boolean chunked;
  private volatile boolean headWritten;
  private volatile boolean stopped;
  private volatile Handler<Void> drainHandler;

  /** Whether no more is to be written for now. May be called anywhere. */
  protected abstract boolean isFull();

  protected final int status() {
    return status;
  }

  @Override
  public final void status(int status) {
    this.status = status;
  }

  /** {@code null} for that of the status. */
  protected final String reason() {
    return reason;
  }

  @Override
  public final void reason(String reason) {
    this.reason = reason;
  }

  @Override
  public final boolean isChunked() {
    return chunked;
  }

  @Override
  public final void chunked(boolean chunked) {
    this.chunked = chunked;
  }

  @Override
  public final MultiMap headers() {
    if (headers == null) {
      headers = HttpHeaders.headers();
    }
    return headers;
  }

  @Override
  public final void headers(MultiMap fields) {
    headers = fields;
  }

  @Override
  public final MultiMap trailers() {
    if (trailers == null) {
      trailers = HttpHeaders.headers();
    }
    return trailers;
  }

  protected final boolean hasTrailers() {
    return trailers != null;
  }

  /** From now on the head does not change. */
  protected final void headIsWritten() {
    headWritten = true;
  }

  @Override
  public final boolean headWritten() {
    return headWritten;
  }

  @Override
  public final boolean writeQueueFull() {
    if (!isFull()) {
      return false;
    }
    stopped = true;
    return isFull();
  }

  @Override
  public final void drainHandler(Handler<Void> handler) {
    drainHandler = handler;
  }

  /** More may be written than before; called on {@link Downstream#loop()}. */
  public final void drained() {
    Handler<Void> waiting = drainHandler;
    if (stopped && waiting != null && !isFull()) {
      stopped = false;
      waiting.handle(null);
    }
  }
}
