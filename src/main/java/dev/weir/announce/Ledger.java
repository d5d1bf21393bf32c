package dev.weir.announce;

import dev.weir.config.Announcement;
import dev.weir.config.EndpointConfig;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What services have announced, and until when that holds. Of an endpoint the word with the
 * greatest stamp counts. One that is withdrawn is remembered for its time, so that an older word
 * that comes late does not bring it back.
 *
 * <p>Used by one thread.
 */
final class Ledger {

  private static final class Line {
    private final Announcement said;
    private final long stamp;
    private final JsonObject envelope;
    private final long deadline;
    private boolean listed;

    Line(Notice notice, long now, boolean listed) {
      said = notice.said();
      stamp = notice.stamp();
      envelope = notice.envelope();
      deadline = now + TimeUnit.MILLISECONDS.toNanos(notice.leftMillis());
      this.listed = listed;
    }

    private Notice notice(long now) {
      long left = Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - now));
      return new Notice(said, stamp, left, envelope);
    }
  }

  // By endpoint within upstream, so that every node has them in the same order.
  private final Map<String, Map<String, Line>> upstreams = new TreeMap<>();

  /** The stamp for a word that is heard now: later than any that was said of the endpoint. */
  long nextStamp(Announcement said, long wallMillis) {
    Line known = find(said);
    return known == null ? wallMillis : Math.max(wallMillis, known.stamp + 1);
  }

  /** Whether nothing as late is known of the endpoint. */
  boolean isNews(Notice notice) {
    Line known = find(notice.said());
    return known == null || known.stamp < notice.stamp();
  }

  /**
   * Takes a word in.
   *
   * @param now the time in nanoseconds
   * @return whether it is the latest of its endpoint
   */
  boolean take(Notice notice, long now) {
    if (!isNews(notice)) {
      return false;
    }
    Line known = find(notice.said());
    boolean listed =
        known != null && known.listed && isSame(known.said.member(), notice.said().member());
    upstreams
        .computeIfAbsent(notice.said().upstream(), missing -> new TreeMap<>())
        .put(notice.said().endpoint().id(), new Line(notice, now, listed));
    return true;
  }

  private static boolean isSame(String member, String other) {
    return member != null && member.equals(other);
  }

  private Line find(Announcement said) {
    return upstreams.getOrDefault(said.upstream(), Map.of()).get(said.endpoint().id());
  }

  /** What was said last of the endpoint; {@code null} when it is none. */
  Announcement known(Announcement said) {
    Line line = find(said);
    return line == null || line.said.isWithdrawn() ? null : line.said;
  }

  /** How many endpoints an upstream has. */
  int size(String upstream) {
    return (int) live(upstream).count();
  }

  private Stream<Line> live(String upstream) {
    return upstreams.getOrDefault(upstream, Map.of()).values().stream()
        .filter(line -> !line.said.isWithdrawn());
  }

  /** Forgets what nobody has refreshed in time, and returns the endpoints among that. */
  List<Announcement> expire(long now) {
    return remove(line -> now - line.deadline >= 0);
  }

  /**
   * Forgets the endpoints whose member the cluster has lost, and returns them. One whose member was
   * not listed yet stays: an announcement may come before the list.
   *
   * @param members the members of the cluster
   */
  List<Announcement> retain(Collection<String> members) {
    for (Map<String, Line> lines : upstreams.values()) {
      for (Line line : lines.values()) {
        line.listed |= isListed(line, members);
      }
    }
    return remove(line -> line.listed && !isListed(line, members));
  }

  private static boolean isListed(Line line, Collection<String> members) {
    return line.said.member() != null && members.contains(line.said.member());
  }

  private List<Announcement> remove(Predicate<Line> gone) {
    List<Announcement> removed = new ArrayList<>();
    for (Map<String, Line> lines : upstreams.values()) {
      for (Iterator<Line> each = lines.values().iterator(); each.hasNext(); ) {
        Line line = each.next();
        if (gone.test(line)) {
          each.remove();
          if (!line.said.isWithdrawn()) {
            removed.add(line.said);
          }
        }
      }
    }
    upstreams.values().removeIf(Map::isEmpty);
    return removed;
  }

  /** The endpoints by upstream, in an order that is the same everywhere. */
  Map<String, List<EndpointConfig>> endpoints() {
    Map<String, List<EndpointConfig>> result = new TreeMap<>();
    for (String upstream : upstreams.keySet()) {
      List<EndpointConfig> endpoints = live(upstream).map(line -> line.said.endpoint()).toList();
      if (!endpoints.isEmpty()) {
        result.put(upstream, endpoints);
      }
    }
    return result;
  }

  /** All that it knows, for another node. */
  List<Notice> notices(long now) {
    return upstreams.values().stream()
        .flatMap(lines -> lines.values().stream())
        .map(line -> line.notice(now))
        .toList();
  }
}
