package dev.weir.ingress.route;

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

  /** The routes of a pattern, new ones where it has none yet. */
  HostRoutes routes(HostPattern pattern) {
    return switch (pattern.kind()) {
      case EXACT -> exact.computeIfAbsent(pattern.name(), HostRoutes::new);
      case BELOW -> below.computeIfAbsent(pattern.name(), HostRoutes::new);
      case ANY -> any;
    };
  }

  /**
   * Joins every pattern to the next less specific one. To be called when all patterns are there.
   */
  void link() {
    exact.forEach(routes -> routes.next(wildcard(routes.key())));
    below.forEach(routes -> routes.next(wildcard(routes.key())));
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
