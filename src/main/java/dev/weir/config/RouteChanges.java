package dev.weir.config;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routes that differ between two lists. What both begin and end with is not looked into. */
final class RouteChanges {

  private record Placed(RouteConfig route, int index) {}

  private RouteChanges() {}

  static void add(List<RouteConfig> from, List<RouteConfig> to, List<Change> changes) {
    int least = Math.min(from.size(), to.size());
    int start = 0;
    while (start < least && same(from.get(start), to.get(start))) {
      start++;
    }
    int end = 0;
    while (end < least - start
        && same(from.get(from.size() - 1 - end), to.get(to.size() - 1 - end))) {
      end++;
    }
    Map<String, Placed> before = placed(from, start, end);
    Map<String, Placed> after = placed(to, start, end);
    boolean moved = !common(before, after).equals(common(after, before));
    before.forEach(
        (id, was) -> {
          Placed is = after.remove(id);
          if (moved || is == null || !same(was.route, is.route)) {
            changes.add(change(id, was, is));
          }
        });
    after.forEach((id, is) -> changes.add(change(id, null, is)));
  }

  private static boolean same(RouteConfig one, RouteConfig other) {
    return one == other || one.equals(other);
  }

  private static Map<String, Placed> placed(List<RouteConfig> routes, int start, int end) {
    Map<String, Placed> placed = new LinkedHashMap<>();
    for (int i = start; i < routes.size() - end; i++) {
      placed.put(routes.get(i).id(), new Placed(routes.get(i), i));
    }
    return placed;
  }

  private static List<String> common(Map<String, Placed> one, Map<String, Placed> other) {
    return one.keySet().stream().filter(other::containsKey).toList();
  }

  private static Change change(String id, Placed was, Placed is) {
    return new Change(
        "routes",
        id,
        was == null ? null : was.route.toJson(),
        is == null ? null : is.route.toJson(),
        was == null ? 0 : was.index,
        is == null ? 0 : is.index);
  }

  /** The list after the changes. */
  static List<RouteConfig> make(
      List<RouteConfig> routes, List<Change> changes, Set<String> upstreams) {
    BitSet gone = new BitSet(routes.size());
    for (Change change : changes) {
      int place = place(routes, change);
      if (place >= 0) {
        gone.set(place);
      }
    }
    List<RouteConfig> next = new ArrayList<>(routes.size() + changes.size());
    for (int place = 0; place < routes.size(); place++) {
      if (!gone.get(place)) {
        next.add(routes.get(place));
      }
    }
    changes.stream()
        .filter(change -> change.to() != null)
        .sorted(Comparator.comparingInt(Change::toIndex))
        .forEach(
            change ->
                next.add(Math.min(change.toIndex(), next.size()), Parts.route(change, upstreams)));
    return next;
  }

  /** Where the route of a change is, most likely where it was; -1 when it is not there. */
  private static int place(List<RouteConfig> routes, Change change) {
    int likely = change.fromIndex();
    if (likely < routes.size() && routes.get(likely).id().equals(change.key())) {
      return likely;
    }
    int place = routes.size() - 1;
    while (place >= 0 && !routes.get(place).id().equals(change.key())) {
      place--;
    }
    return place;
  }
}
