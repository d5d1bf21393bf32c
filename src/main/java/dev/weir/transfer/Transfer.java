package dev.weir.transfer;

import dev.weir.exchange.Exchange;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** One large upload or download. Its lane writes it; anybody may read it. */
public final class Transfer {

  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Direction direction;
  private final JsonObject identity;
  private final Instant startedAt;
  private final long total;
  private long measuredBytes; // At the last measurement; only its lane looks at these.
  private long measuredAt;
  private volatile long bytes;
  private volatile long bytesPerSecond;
  private volatile State state = State.RUNNING;

  /**
   * @param total how many bytes it has; -1 when that is not known
   * @param now the present, in nanoseconds
   * @param at the present
   */
  Transfer(Exchange exchange, Direction direction, long total, long now, Instant at) {
    this.direction = direction;
    this.total = total;
    this.measuredAt = exchange.timing().start();
    this.startedAt = at.minusNanos(now - measuredAt);
    this.identity =
        new JsonObject()
            .put("id", exchange.id())
            .put("direction", direction.label())
            .put("client", exchange.clientAddress())
            .put("route", exchange.route())
            .put("upstream", exchange.upstream())
            .put("endpoint", exchange.endpoint().id());
  }

  /** How a transfer is. */
  enum State {
    RUNNING("running"),
    DONE("done"),
    BROKEN("broken");

    private final String label;

    State(String label) {
      this.label = label;
    }
  }

  Direction direction() {
    return direction;
  }

  Instant startedAt() {
    return startedAt;
  }

  boolean isRunning() {
    return state == State.RUNNING;
  }

  void moved(long bytes) {
    this.bytes = bytes;
  }

  void end(State state) {
    this.state = state;
  }

  /** Sets the rate to that since the last measurement. */
  void measure(long now) {
    long nanos = now - measuredAt;
    if (nanos > 0) {
      double moved = bytes - measuredBytes;
      bytesPerSecond = (long) (moved * NANOS_PER_SECOND / nanos);
      measuredBytes = bytes;
      measuredAt = now;
    }
  }

  /** As {@code weir.events} and {@code /transfers} show it. */
  JsonObject toJson(Instant now) {
    long moved = bytes;
    long rate = bytesPerSecond;
    boolean open = !isRunning() || total < 0 || rate == 0;
    long left = open ? 0 : (long) ((double) (total - moved) / rate * 1000);
    Instant end = now.plusMillis(left).truncatedTo(ChronoUnit.MILLIS);
    return identity
        .copy()
        .put("state", state.label)
        .put("startedAt", startedAt.truncatedTo(ChronoUnit.MILLIS).toString())
        .put("bytes", moved)
        .put("totalBytes", total < 0 ? null : total)
        .put("bytesPerSecond", rate)
        .put("expectedEnd", open ? null : end.toString());
  }
}
