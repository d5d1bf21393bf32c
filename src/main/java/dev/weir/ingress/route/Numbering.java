package dev.weir.ingress.route;

import dev.weir.config.RouteConfig;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Gives each route a number that it keeps for as long as it stays, whatever comes or goes before
 * it. The numbers of routes that have gone are given out again.
 */
final class Numbering {

  /** A route and its number. */
  record Numbered(int number, RouteConfig route) {}

  /** What has changed; a route that has changed places with another one has gone and come. */
  record Step(List<Numbered> gone, List<Numbered> come) {}

  private List<RouteConfig> routes = List.of();
  private int[] numbers = {}; // By place.
  private int[] places = {}; // By number; of those in use.
  private final List<Integer> free = new ArrayList<>();

  /** The place of a route in the configuration. */
  int place(int number) {
    return places[number];
  }

  RouteConfig route(int number) {
    return routes.get(places[number]);
  }

  /** The numbers of all routes, by place. */
  int[] numbers() {
    return numbers.clone();
  }

  /** Every route. */
  List<Numbered> all() {
    return numbered(0, routes.size());
  }

  /** The methods that the routes name, in alphabetical order; HEAD where GET is one. */
  List<String> methods() {
    TreeSet<String> methods = new TreeSet<>();
    routes.forEach(route -> methods.addAll(route.match().methods()));
    if (methods.contains(Candidate.GET)) {
      methods.add(Candidate.HEAD);
    }
    return List.copyOf(methods);
  }

  /** More than any number. */
  int bound() {
    return places.length;
  }

  /** Takes another list. Routes that are the same object in both stay. */
  Step next(List<RouteConfig> next) {
    int least = Math.min(routes.size(), next.size());
    int start = 0;
    while (start < least && routes.get(start) == next.get(start)) {
      start++;
    }
    int end = 0;
    while (end < least - start
        && routes.get(routes.size() - 1 - end) == next.get(next.size() - 1 - end)) {
      end++;
    }
    List<Numbered> gone = numbered(start, routes.size() - end);
    List<RouteConfig> come = next.subList(start, next.size() - end);
    Map<RouteConfig, Integer> kept = kept(gone, come);
    gone.removeIf(each -> kept.containsKey(each.route));
    gone.forEach(each -> free.add(each.number));
    return new Step(gone, renumber(next, start, end, kept));
  }

  private List<Numbered> numbered(int from, int to) {
    List<Numbered> numbered = new ArrayList<>();
    for (int place = from; place < to; place++) {
      numbered.add(new Numbered(numbers[place], routes.get(place)));
    }
    return numbered;
  }

  /** The routes that are in both and stand in the same order; if they don't, none. */
  private static Map<RouteConfig, Integer> kept(List<Numbered> before, List<RouteConfig> after) {
    Map<RouteConfig, Integer> known = new IdentityHashMap<>();
    before.forEach(each -> known.put(each.route, each.number));
    Map<RouteConfig, Integer> kept = new IdentityHashMap<>();
    after.stream().filter(known::containsKey).forEach(each -> kept.put(each, known.get(each)));
    Stream<RouteConfig> order = before.stream().map(Numbered::route);
    boolean same = numbers(order, kept).equals(numbers(after.stream(), kept));
    return same ? kept : Map.of();
  }

  private static List<Integer> numbers(Stream<RouteConfig> routes, Map<RouteConfig, Integer> kept) {
    return routes.map(kept::get).filter(Objects::nonNull).toList();
  }

  private List<Numbered> renumber(
      List<RouteConfig> next, int start, int end, Map<RouteConfig, Integer> kept) {
    int[] result = new int[next.size()];
    System.arraycopy(numbers, 0, result, 0, start);
    System.arraycopy(numbers, numbers.length - end, result, result.length - end, end);
    List<Numbered> come = new ArrayList<>();
    int fresh = places.length;
    for (int place = start; place < next.size() - end; place++) {
      Integer known = kept.get(next.get(place));
      if (known == null) {
        known = free.isEmpty() ? fresh++ : free.remove(free.size() - 1);
        come.add(new Numbered(known, next.get(place)));
      }
      result[place] = known;
    }
    routes = next;
    numbers = result;
    places = new int[fresh];
    for (int place = 0; place < result.length; place++) {
      places[result[place]] = place;
    }
    return come;
  }
}
