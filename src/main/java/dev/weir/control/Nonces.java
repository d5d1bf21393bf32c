package dev.weir.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What commands were marked with, so that none is obeyed twice: by this node, and in a cluster by
 * any. All methods run on the event loop of the control verticle.
 *
 * <p>A mark is kept for three windows: a command can be of use for two, from a window before its
 * time stamp to a window after it, and the clocks of two nodes may be one apart.
 */
final class Nonces {

  /** How many are kept; as long as there are so many, no further command is obeyed. */
  static final int MOST = 100_000;

  private static final int WINDOWS = 3;
  private static final String MAP = "weir.nonces";
  private static final String SEEN = "1";
  private static final String SINCE = "since";

  private final Map<String, Long> ends = new LinkedHashMap<>(); // In the order in which they end.
  private final Vertx vertx;
  private final long keepMillis;
  private final long patienceMillis;
  private final LongSupplier millis;
  private final LongSupplier wall;
  private final long start;

  /**
   * @param patienceMillis how long the other nodes may take to answer
   * @param millis a clock that only goes forward
   * @param wall milliseconds since 1970
   */
  Nonces(
      Vertx vertx, long windowMillis, long patienceMillis, LongSupplier millis, LongSupplier wall) {
    this.wall = wall;
    this.start = wall.getAsLong();
    this.vertx = vertx;
    this.keepMillis = WINDOWS * windowMillis;
    this.patienceMillis = patienceMillis;
    this.millis = millis;
  }

  /** From now on marks are kept, in a cluster since its first node did this. Never fails. */
  Future<Void> begin() {
    return vertx.isClustered()
        ? shared(this::since).<Void>mapEmpty().otherwiseEmpty()
        : Future.succeededFuture();
  }

  /**
   * Takes note of a mark.
   *
   * @param at when its command was signed: one from before marks were kept may have been used
   * @return whether it is new; fails with a {@link Refusal} when that can't be told
   */
  Future<Boolean> take(String mark, long at) {
    if (at < start && !vertx.isClustered()) {
      return untimely();
    }
    long now = millis.getAsLong();
    forget(now);
    if (ends.size() >= MOST) {
      return Future.failedFuture(unavailable("too many commands within " + keepMillis + " ms"));
    }
    boolean isNew = ends.putIfAbsent(mark, now + keepMillis) == null;
    return isNew && vertx.isClustered()
        ? shared(map -> share(map, mark, at))
        : Future.succeededFuture(isNew);
  }

  private void forget(long now) {
    Iterator<Long> oldest = ends.values().iterator();
    while (oldest.hasNext() && oldest.next() <= now) {
      oldest.remove();
    }
  }

  private <T> Future<T> shared(Function<AsyncMap<String, String>, Future<T>> ask) {
    return vertx
        .sharedData()
        .<String, String>getClusterWideMap(MAP)
        .compose(ask)
        .timeout(patienceMillis, TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof Refusal
                        ? failure
                        : unavailable("the other nodes do not answer")));
  }

  private Future<Boolean> share(AsyncMap<String, String> map, String mark, long at) {
    return since(map)
        .compose(
            since ->
                at < since
                    ? untimely()
                    : map.putIfAbsent(mark, SEEN, keepMillis).map(there -> there == null));
  }

  /** Since when the cluster keeps marks: a map that was lost begins anew. */
  private Future<Long> since(AsyncMap<String, String> map) {
    long now = wall.getAsLong();
    return map.putIfAbsent(SINCE, Long.toString(now))
        .map(there -> there == null ? now : Long.parseLong(there));
  }

  private static <T> Future<T> untimely() {
    String why = "it is from before the start of the gateway";
    return Future.failedFuture(new Refusal(Refusal.FORBIDDEN, why, "/at"));
  }

  private static Refusal unavailable(String message) {
    return new Refusal(Refusal.UNAVAILABLE, message, "");
  }
}
