package dev.weir.exchange;

import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The exchanges of a node that have not ended yet. Nothing is kept of them here: the lanes look
 * through their connections when somebody asks. Any thread may use it.
 */
public final class InFlight {

  /**
   * One exchange.
   *
   * @param startNanos when it began
   * @param json what people see of it, but for its age
   */
  public record Line(long startNanos, JsonObject json) {}

  /**
   * Some exchanges, the oldest first.
   *
   * @param total how many there are in all
   */
  public record Page(int total, List<Line> lines) {

    /** The oldest of several. */
    static Page of(List<Page> pages, int limit) {
      long now = System.nanoTime(); // Such times are compared by their difference alone.
      Comparator<Line> byAge = Comparator.comparingLong(line -> line.startNanos - now);
      List<Line> lines =
          pages.stream().flatMap(page -> page.lines.stream()).sorted(byAge).limit(limit).toList();
      return new Page(pages.stream().mapToInt(Page::total).sum(), lines);
    }
  }

  /** A lane that takes requests. */
  @FunctionalInterface
  public interface Lane {

    /**
     * The oldest of its exchanges.
     *
     * @param limit how many at the most
     */
    Future<Page> oldest(Predicate<Exchange> wanted, int limit);
  }

  private final Set<Lane> lanes = ConcurrentHashMap.newKeySet();

  private InFlight() {}

  /** Those of a node. */
  public static InFlight of(Node node) {
    return node.shared(InFlight.class, InFlight::new);
  }

  public void add(Lane lane) {
    lanes.add(lane);
  }

  /** Undoes one {@link #add}. */
  public void remove(Lane lane) {
    lanes.remove(lane);
  }

  /**
   * The oldest exchanges of all lanes.
   *
   * @param wanted which ones; asked on their event loops
   * @param limit how many at the most
   */
  public Future<Page> oldest(Predicate<Exchange> wanted, int limit) {
    List<Future<Page>> pages = lanes.stream().map(lane -> lane.oldest(wanted, limit)).toList();
    return Future.all(pages).map(all -> Page.of(all.list(), limit));
  }
}
