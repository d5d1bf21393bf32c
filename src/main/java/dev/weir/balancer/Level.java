package dev.weir.balancer;

import dev.weir.node.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Endpoints of one rank. A level gets traffic as far as those before it can't take it.
 *
 * <p>The degraded endpoints of a rank are a level of their own, behind all others, which takes what
 * the healthy ones of all ranks can't.
 *
 * @param members those that take new traffic, healthy or not, in the order of the configuration
 * @param healthy those of them that are healthy, or degraded where this is a level of such
 * @param working how many of the members work, degraded or not
 * @param spare whether this is a level of degraded endpoints
 */
record Level(List<Endpoint> members, List<Endpoint> healthy, int working, boolean spare) {

  private static final int BACKUP = 1 << 20;

  /**
   * Sorts endpoints into levels: by priority, within one those in the zone of the node first when
   * that is preferred, and backups last.
   *
   * @param zone the zone to prefer; {@code null} for none
   * @param healthAware whether health counts; if not, all are healthy
   */
  static List<Level> of(List<Endpoint> endpoints, String zone, boolean healthAware) {
    Map<Integer, List<Endpoint>> ranks = new TreeMap<>();
    for (Endpoint endpoint : endpoints) {
      if (endpoint.takesTraffic()) {
        ranks.computeIfAbsent(rank(endpoint, zone), rank -> new ArrayList<>()).add(endpoint);
      }
    }
    List<Level> levels = new ArrayList<>();
    List<Level> spare = new ArrayList<>();
    for (List<Endpoint> members : ranks.values()) {
      if (healthAware) {
        List<Endpoint> working = members.stream().filter(Endpoint::works).toList();
        List<Endpoint> degraded = working.stream().filter(Endpoint::degraded).toList();
        List<Endpoint> healthy = working.stream().filter(each -> !each.degraded()).toList();
        levels.add(new Level(members, healthy, working.size(), false));
        if (!degraded.isEmpty()) {
          spare.add(new Level(members, degraded, working.size(), true));
        }
      } else {
        levels.add(new Level(members, members, members.size(), false));
      }
    }
    levels.addAll(spare);
    return List.copyOf(levels);
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
        levels.stream().mapToInt(level -> level.working).toArray(),
        (int) levels.stream().filter(level -> !level.spare).count(),
        overprovisioningPercent,
        panicPercent);
  }
}
