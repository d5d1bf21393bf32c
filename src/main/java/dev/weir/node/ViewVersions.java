package dev.weir.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far the lanes of a node have followed what has changed of each upstream: who is healthy,
 * ejected, degraded, and the configuration. Every such change has a number, and the view that a
 * lane picks from carries the number up to which it knows. Any thread may use it.
 */
public final class ViewVersions {

  private static final class Versions {
    final AtomicLong made = new AtomicLong();
    final Map<Integer, Long> taken = new ConcurrentHashMap<>();
  }

  private final Map<String, Versions> upstreams = new ConcurrentHashMap<>();

  ViewVersions() {}

  /** An upstream is there from now on, or is configured in another way. */
  void configured(String upstream) {
    upstreams.computeIfAbsent(upstream, missing -> new Versions()).made.incrementAndGet();
  }

  /** Something has changed. To be called when it has, and before anybody is told. */
  void changed(String upstream) {
    Versions versions = upstreams.get(upstream);
    if (versions != null) {
      versions.made.incrementAndGet();
    }
  }

  /** An upstream is there no longer. */
  void gone(String upstream) {
    upstreams.remove(upstream);
  }

  /** The number of the last change of an upstream; 0 for one that is not there. */
  public long current(String upstream) {
    Versions versions = upstreams.get(upstream);
    return versions == null ? 0 : versions.made.get();
  }

  /**
   * The view of a lane is a new one.
   *
   * @param version what was current before it was built
   */
  public void taken(String upstream, int lane, long version) {
    Versions versions = upstreams.get(upstream);
    if (versions != null) {
      versions.taken.put(lane, version);
    }
  }

  /** A lane picks no longer. */
  public void gone(int lane) {
    upstreams.values().forEach(versions -> versions.taken.remove(lane));
  }

  /** The number up to which every lane knows; the current one where there is none. */
  public long everywhere(String upstream) {
    Versions versions = upstreams.get(upstream);
    long least = current(upstream);
    if (versions != null) {
      for (long taken : versions.taken.values()) {
        least = Math.min(least, taken);
      }
    }
    return least;
  }
}
