package dev.weir.transfer;

import dev.weir.config.ProgressConfig;
import dev.weir.exchange.Exchange;
import dev.weir.node.Events;
import dev.weir.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Watches the large transfers of one lane and publishes, every {@code progress.intervalMillis}, how
 * far they are. All methods run on the lane's event loop.
 */
public final class TransferWatch {

  /** How many transfers one event tells of at most; more of them make more events. */
  static final int MAX_IN_EVENT = 100;

  private final Vertx vertx;
  private final Node node;
  private final Transfers all;
  private final List<Transfer> own = new ArrayList<>();
  private long minBytes;
  private long now;
  private long published;

  /**
   * @param now the present, in nanoseconds
   */
  public TransferWatch(Vertx vertx, Node node, long now) {
    this.vertx = vertx;
    this.node = node;
    this.all = Transfers.of(node);
    this.published = now;
    tick(now);
  }

  /** From how many bytes on a transfer is to be shown. */
  public long minBytes() {
    return minBytes;
  }

  /**
   * Takes note of how far a large transfer is.
   *
   * @param known what this method gave for the exchange before; {@code null} the first time
   * @param total how many bytes it has; -1 when that is not known
   */
  public Transfer show(
      Transfer known, Exchange exchange, Direction direction, long bytes, long total) {
    if (known != null && known.direction() == direction) {
      known.moved(bytes);
      return known;
    }
    if (known != null) {
      end(known, true);
    }
    Transfer transfer = new Transfer(exchange, direction, total, now, Instant.now());
    transfer.moved(bytes);
    transfer.measure(now);
    own.add(transfer);
    all.add(transfer);
    return transfer;
  }

  /**
   * A transfer is over; the next event tells that.
   *
   * @param whole whether nothing is missing
   */
  public void end(Transfer transfer, boolean whole) {
    transfer.end(whole ? Transfer.State.DONE : Transfer.State.BROKEN);
    all.remove(transfer);
  }

  /** Publishes when it is time to. */
  public void tick(long now) {
    this.now = now;
    ProgressConfig config = node.snapshot().config().progress();
    minBytes = config.enabled() ? config.minBytes() : Long.MAX_VALUE;
    long interval = TimeUnit.MILLISECONDS.toNanos(config.intervalMillis());
    if (now - published >= interval) {
      published = now;
      publish();
    }
  }

  private void publish() {
    for (int from = 0; from < own.size(); from += MAX_IN_EVENT) {
      publish(own.subList(from, Math.min(own.size(), from + MAX_IN_EVENT)));
    }
    own.removeIf(transfer -> !transfer.isRunning());
  }

  private void publish(List<Transfer> some) {
    Instant at = Instant.now();
    JsonArray transfers = new JsonArray();
    for (Transfer transfer : some) {
      transfer.measure(now);
      transfers.add(transfer.toJson(at));
    }
    Events.publish(vertx, node, "transfers", new JsonObject().put("transfers", transfers));
  }
}
