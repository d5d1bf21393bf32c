package dev.weir.watch;

import dev.weir.config.ConfigException;
import dev.weir.config.Delta;
import dev.weir.config.Problem;
import dev.weir.config.WatchConfig;
import dev.weir.config.WeirConfig;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.node.Events;
import dev.weir.node.Node;
import dev.weir.replica.Rejection;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts in force what somebody writes into a file or directory, in the way in which commands do:
 * whole, checked, on all nodes. What is not valid changes nothing and is reported once, in the log,
 * as an event of type {@code config-rejected} and in {@code weir_config_rejected_total}. Deploy one
 * a node. Deployed alone it needs the gateway's configuration as its own. Without {@code
 * watch.path} it does nothing.
 *
 * <p>What stands there when it starts is put in force where the node has begun the configuration of
 * its cluster, or seeds it; one that joins others has taken theirs, and follows what is written
 * from then on.
 */
public final class WatchVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(WatchVerticle.class);

  private final AtomicLong rejected = new AtomicLong();
  private Node node;
  private WatchConfig watch;
  private Source source;
  private Object seen;
  private boolean busy;
  private long timer;

  @Override
  public Future<?> start() {
    node = Node.acquire(vertx, config());
    watch = node.snapshot().config().watch();
    if (!watch.enabled()) {
      return Future.succeededFuture();
    }
    return node.joined()
        .compose(joined -> Source.of(vertx, watch.path()))
        .compose(this::begin)
        .onFailure(failure -> node.release());
  }

  private Future<Void> begin(Source found) {
    source = found;
    GatewayMetrics.of(node)
        .counter(
            "weir_config_rejected_total",
            "Contents of the watched files that were not put in force.",
            rejected::get);
    timer = vertx.setPeriodic(watch.intervalMillis(), tick -> look());
    boolean seeds = node.snapshot().config().cluster().seeds();
    boolean first = node.replica().isFounder() && node.snapshot().version() == 1;
    return seeds || first ? turn() : note();
  }

  /** Takes what is there as known: the others' configuration counts until it changes. */
  private Future<Void> note() {
    return source
        .read()
        .<Void>map(
            content -> {
              seen = content;
              return null;
            })
        .otherwise(this::rejected);
  }

  private void look() {
    if (!busy) {
      busy = true;
      turn().onComplete(done -> busy = false);
    }
  }

  /** Reads once; never fails. */
  private Future<Void> turn() {
    return source.read().compose(this::found).otherwise(this::rejected);
  }

  private Void rejected(Throwable failure) {
    reject(failure.toString(), problems(failure));
    return null;
  }

  private Future<Void> found(JsonObject content) {
    if (content.equals(seen)) {
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(() -> Change.of(content, node.snapshot().config()))
        .compose(wanted -> change(content, wanted))
        .recover(
            failure -> {
              if (failure instanceof Rejection.Unavailable) {
                LOG.warn(watch.path() + " has to wait: " + failure.getMessage());
              } else {
                reject(content, problems(failure));
              }
              return Future.succeededFuture();
            });
  }

  private Future<Void> change(JsonObject content, WeirConfig wanted) {
    if (Delta.between(node.snapshot().config(), wanted).isEmpty()) {
      seen = content;
      return Future.succeededFuture();
    }
    JsonObject details = new JsonObject().put("op", "watch").put("path", watch.path());
    return node.change(details, config -> config.withShared(wanted))
        .onSuccess(outcome -> seen = content)
        .mapEmpty();
  }

  private static List<String> problems(Throwable failure) {
    return failure instanceof ConfigException invalid
        ? invalid.problems().stream().map(Problem::toString).toList()
        : List.of(String.valueOf(failure.getMessage()));
  }

  /**
   * Reports, once.
   *
   * @param content what stands for it as long as it stays the same
   */
  private void reject(Object content, List<String> problems) {
    if (content.equals(seen)) {
      return;
    }
    seen = content;
    rejected.incrementAndGet();
    LOG.error(watch.path() + " is not put in force:\n" + String.join("\n", problems));
    JsonObject details = new JsonObject().put("path", watch.path());
    Events.publish(
        vertx, node, "config-rejected", details.put("problems", new JsonArray(problems)));
  }

  @Override
  public Future<?> stop() {
    if (source == null) {
      return node.release();
    }
    vertx.cancelTimer(timer);
    return source.close().eventually(node::release);
  }
}
