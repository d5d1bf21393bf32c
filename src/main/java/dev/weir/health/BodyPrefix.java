package dev.weir.health;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.spi.BodyStream;

/** Keeps the start of a body and throws the rest away. */
final class BodyPrefix implements BodyStream<Buffer> {

  /** How much is kept: 64 KiB. */
  static final int MAX_BYTES = 65_536;

  private final Promise<Buffer> result = Promise.promise();
  private final Buffer kept = Buffer.buffer();

  /** Keeps what still fits. */
  static void append(Buffer kept, Buffer data) {
    int room = MAX_BYTES - kept.length();
    if (room > 0) {
      kept.appendBuffer(data, 0, Math.min(room, data.length()));
    }
  }

  @Override
  public Future<Void> write(Buffer data) {
    append(kept, data);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end() {
    result.tryComplete(kept);
    return Future.succeededFuture();
  }

  @Override
  public void handle(Throwable failure) {
    result.tryFail(failure);
  }

  @Override
  public Future<Buffer> result() {
    return result.future();
  }

  @Override
  public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
    return this;
  }

  @Override
  public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
    return this;
  }
}
