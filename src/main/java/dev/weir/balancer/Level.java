package dev.weir.balancer;

import dev.weir.node.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Endpoints of one rank. A level gets traffic as far as those before it can't take it.
 *
 * @param members those that take new traffic, healthy or not, in the order of the configuration
 * @param healthy those of them that are healthy
 */
record Level(List<Endpoint> members, List<Endpoint> healthy) {

  private static final int BACKUP = 1 << 20;

  /**
   * Sorts endpoints into levels: by priority, within one those in the zone of the node first when
   * that is preferred, and backups last.
   *
   * @param zone the zone to prefer; {@code null} for none
   * @param healthAware whether health counts; if not, all are healthy
   */
  static List<Level> of(List<Endpoint> endpoints, String zone, boolean healthAware) {
    Map<Integer, Level> levels = new TreeMap<>();
    for (Endpoint endpoint : endpoints) {
      if (endpoint.weight() > 0 && !endpoint.config().drain()) {
        Level level =
            levels.computeIfAbsent(
                rank(endpoint, zone), rank -> new Level(new ArrayList<>(), new ArrayList<>()));
        level.members.add(endpoint);
        if (!healthAware || endpoint.works()) {
          level.healthy.add(endpoint);
        }
      }
    }
    return List.copyOf(levels.values());
  }

  private static int rank(Endpoint endpoint, String zone) {
    int far = zone == null || zone.equals(endpoint.config().zone()) ? 0 : 1;
    int backup = endpoint.config().backup() ? BACKUP : 0;
    return backup + 2 * endpoint.config().priority() + far;
  }

  static Shares shares(List<Level> levels, int overprovisioningPercent, int panicPercent) {
    return new Shares(
        levels.stream().mapToInt(level -> level.members.size()).toArray(),
        levels.stream().mapToInt(level -> level.healthy.size()).toArray(),
        overprovisioningPercent,
        panicPercent);
  }
}
