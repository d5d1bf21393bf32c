package dev.weir.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;

/**
 * Reads a response away that nobody wants any more, so that its connection can serve again; one
 * that is long or slow costs more than a new connection.
 */
final class Discard extends Sweep.Entry implements ResponseListener {

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

  /** Takes over a connection whose request was sent whole, and whose response has begun. */
  void start() {
    lane.sweep().add(this);
    connection.handOver(this);
  }

  @Override
  public void chunk(Buffer chunk) {
    bytes += chunk.length();
    if (bytes > MAX_BYTES) {
      end(false);
    }
  }

  @Override
  public void exchanged() {
    end(true);
  }

  @Override
  public void failed(Throwable failure) {
    end(false);
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

  // --- what says nothing here

  @Override
  public void continued() {}

  @Override
  public void earlyHints(HttpHeaders fields) {}

  @Override
  public void head(ResponseHead head) {}

  @Override
  public void end(HttpHeaders trailers) {}

  @Override
  public void readComplete() {}

  @Override
  public void writable() {}
}
