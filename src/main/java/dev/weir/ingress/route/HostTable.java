package dev.weir.ingress.route;

import java.util.ArrayList;
import java.util.List;

/**
 * The host patterns of a route table. A request needs one look-up, of the most specific pattern
 * that takes its host: the others follow from there, because whatever takes all hosts of a pattern
 * is known beforehand.
 */
final class HostTable {

  private final RegionTable<HostRoutes> exact = new RegionTable<>();

  /** By suffix, with the dot. */
  private final RegionTable<HostRoutes> below = new RegionTable<>();

  private final HostRoutes any = new HostRoutes("");

  /** Those that are joined to nothing yet. */
  private final List<HostRoutes> fresh = new ArrayList<>();

  /** Whether wildcards have come or gone, so that others may have to be joined to another one. */
  private boolean stale;

  /** The routes of a pattern, new ones where it has none yet. */
  HostRoutes routes(HostPattern pattern) {
    return switch (pattern.kind()) {
      case EXACT -> exact.computeIfAbsent(pattern.name(), this::create);
      case BELOW -> below.computeIfAbsent(pattern.name(), this::createBelow);
      case ANY -> any;
    };
  }

  private HostRoutes create(String name) {
    HostRoutes created = new HostRoutes(name);
    fresh.add(created);
    return created;
  }

  private HostRoutes createBelow(String name) {
    stale = true;
    return create(name);
  }

  /** Removes a pattern that no route has any longer. */
  void remove(HostPattern pattern) {
    switch (pattern.kind()) {
      case EXACT -> exact.remove(pattern.name());
      case BELOW -> {
        below.remove(pattern.name());
        stale = true;
      }
      case ANY -> {} // There is always one.
    }
  }

  /**
   * Joins every pattern to the next less specific one. To be called when all patterns are there.
   */
  void link() {
    if (stale) {
      exact.forEach(this::link);
      below.forEach(this::link);
    } else {
      fresh.forEach(this::link);
    }
    stale = false;
    fresh.clear();
  }

  private void link(HostRoutes routes) {
    routes.next(wildcard(routes.key()));
  }

  /**
   * The routes of the most specific pattern that takes a host.
   *
   * @param host in any case; may be null
   */
  HostRoutes get(String host) {
    if (host == null) {
      return any;
    }
    String name = HostPattern.lowerCase(host);
    HostRoutes found = exact.get(name, 0, name.length());
    return found != null ? found : wildcard(name);
  }

  /** The longest wildcard that takes a name, else what takes any: one pass from the right. */
  private HostRoutes wildcard(String name) {
    HostRoutes found = any;
    int hash = 0;
    // At 0 there is no label before the dot.
    int first = Math.max(1, name.length() - below.longest());
    for (int i = name.length() - 1; i >= first; i--) {
      char c = name.charAt(i);
      hash = RegionTable.extend(hash, c);
      if (c == '.') {
        HostRoutes longer = below.get(hash, name, i, name.length());
        found = longer != null ? longer : found;
      }
    }
    return found;
  }
}
