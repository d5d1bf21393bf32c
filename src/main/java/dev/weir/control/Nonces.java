package dev.weir.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

  private final Map<String, Long> ends = new LinkedHashMap<>(); // In the order in which they end.
  private final Vertx vertx;
  private final long keepMillis;
  private final long patienceMillis;
  private final LongSupplier millis;

  /**
   * @param patienceMillis how long the other nodes may take to answer
   * @param millis a clock that only goes forward
   */
  Nonces(Vertx vertx, long windowMillis, long patienceMillis, LongSupplier millis) {
    this.vertx = vertx;
    this.keepMillis = WINDOWS * windowMillis;
    this.patienceMillis = patienceMillis;
    this.millis = millis;
  }

  /**
   * Takes note of a mark.
   *
   * @return whether it is new; fails with a {@link Refusal} when that can't be told
   */
  Future<Boolean> take(String mark) {
    long now = millis.getAsLong();
    forget(now);
    if (ends.size() >= MOST) {
      return Future.failedFuture(unavailable("too many commands within " + keepMillis + " ms"));
    }
    boolean isNew = ends.putIfAbsent(mark, now + keepMillis) == null;
    return isNew && vertx.isClustered() ? share(mark) : Future.succeededFuture(isNew);
  }

  private void forget(long now) {
    Iterator<Long> oldest = ends.values().iterator();
    while (oldest.hasNext() && oldest.next() <= now) {
      oldest.remove();
    }
  }

  private Future<Boolean> share(String mark) {
    return vertx
        .sharedData()
        .<String, String>getClusterWideMap(MAP)
        .compose(map -> share(map, mark))
        .timeout(patienceMillis, TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(unavailable("the other nodes do not answer")));
  }

  private Future<Boolean> share(AsyncMap<String, String> map, String mark) {
    return map.putIfAbsent(mark, SEEN, keepMillis).map(there -> there == null);
  }

  private static Refusal unavailable(String message) {
    return new Refusal(Refusal.UNAVAILABLE, message, "");
  }
}
