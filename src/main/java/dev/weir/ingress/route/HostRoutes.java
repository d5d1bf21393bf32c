package dev.weir.ingress.route;

/** The routes of one host pattern, and those of the next less specific one that takes its hosts. */
final class HostRoutes extends RegionTable.Entry {

  private final PathNode paths = new PathNode("");
  private HostRoutes next;

  /** Takes the name of a host pattern, empty for any host. */
  HostRoutes(String name) {
    super(name);
  }

  PathNode paths() {
    return paths;
  }

  /** Where to go on when no route here takes a request; null at the end. */
  HostRoutes next() {
    return next;
  }

  void next(HostRoutes next) {
    this.next = next;
  }
}
