package dev.weir.upstream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.HttpClientStream;
import java.util.concurrent.TimeUnit;

/**
 * Reads a response away that nobody wants any more, so that its connection can serve again; one
 * that is long or slow costs more than a new connection.
 */
final class Discard extends Sweep.Entry {

  private static final int MAX_BYTES = 65_536;

  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Lane lane;
  private final UpstreamConnection connection;
  private final long deadline;
  private int bytes;
  private boolean over;

  Discard(Lane lane, UpstreamConnection connection) {
    this.lane = lane;
    this.connection = connection;
    this.deadline = lane.clock().exact() + MAX_NANOS;
  }

  /**
   * @param stream one whose request was sent whole, and whose response has begun
   */
  void start(HttpClientStream stream) {
    lane.sweep().add(this);
    stream.chunkHandler(this::chunk);
    stream.endHandler(end -> {});
    stream.exceptionHandler(broken -> end(false));
    stream.closeHandler(closed -> end(true));
  }

  private void chunk(Buffer chunk) {
    bytes += chunk.length();
    if (bytes > MAX_BYTES) {
      end(false);
    }
  }

  private void end(boolean whole) {
    if (over) {
      return;
    }
    over = true;
    lane.sweep().remove(this);
    if (whole) {
      connection.release();
    } else {
      connection.close();
    }
  }

  @Override
  void check(long now) {
    if (deadline - now < 0) {
      end(false);
    }
  }
}
