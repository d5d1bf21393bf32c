package dev.weir.announce;

import dev.weir.config.Announcement;
import java.util.HashMap;
import java.util.Map;

/**
 * When the latest signed word of each endpoint was signed: what is not later may have been sent
 * before. Remembered for as long as any word that was taken could be sent once more, of endpoints
 * that are gone as well. Reports of load are counted apart, for they replace no announcement.
 *
 * <p>Used by one thread.
 */
final class Stamps {

  private record Last(long stamp, long untilMillis) {}

  private final Map<String, Last> last = new HashMap<>();

  /** Whether nothing as late is known, or nobody has signed it. */
  boolean isNews(Notice notice) {
    Last known = notice.envelope() == null ? null : last.get(key(notice.said()));
    return known == null || known.stamp() < notice.stamp();
  }

  /**
   * Takes a word in.
   *
   * @return whether it is news
   */
  boolean take(Notice notice) {
    if (!isNews(notice)) {
      return false;
    }
    if (notice.envelope() != null) {
      Announcement said = notice.said();
      Last now = new Last(notice.stamp(), notice.stamp() + said.ttlMillis());
      last.merge(key(said), now, Stamps::later);
    }
    return true;
  }

  private static Last later(Last before, Last now) {
    return new Last(now.stamp(), Math.max(before.untilMillis(), now.untilMillis()));
  }

  /**
   * Forgets what can't be sent once more.
   *
   * @param wallMillis milliseconds since 1970
   */
  void expire(long wallMillis) {
    last.values().removeIf(each -> each.untilMillis() <= wallMillis);
  }

  private static String key(Announcement said) {
    String kind = said.isLoad() ? " load" : "";
    return said.upstream() + " " + said.endpoint().id() + kind;
  }
}
