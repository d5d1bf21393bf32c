package dev.weir.ingress.route;

import dev.weir.config.RouteConfig;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * What is left to check of a route when its host and path fit, and the next one of the same place.
 *
 * @param route the number of the route
 * @param naming how the route comes to its methods
 * @param methods the methods, any of them; empty for every method
 * @param conditions what headers and query must hold, all of them
 * @param priority the greater first
 * @param next the next best, null at the end
 */
record Candidate(
    int route,
    Naming naming,
    List<String> methods,
    List<Condition> conditions,
    int priority,
    Candidate next) {

  static final String GET = "GET";
  static final String HEAD = "HEAD";

  /** In the order of precedence. */
  enum Naming {
    NAMED,
    HEAD_BY_GET,
    ANY
  }

  /**
   * The order of precedence.
   *
   * @param place the place of a route in the configuration, by its number
   */
  static Comparator<Candidate> bestFirst(IntUnaryOperator place) {
    return Comparator.comparing(Candidate::naming)
        .thenComparing(c -> c.conditions().size(), Comparator.reverseOrder())
        .thenComparing(Candidate::priority, Comparator.reverseOrder())
        .thenComparing(c -> place.applyAsInt(c.route()));
  }

  /**
   * The candidates of a route. One that names GET and not HEAD has two, so that for HEAD it stands
   * behind those that name HEAD.
   */
  static List<Candidate> of(Numbering.Numbered route, List<String> methods) {
    Candidate own = of(route, methods.isEmpty() ? Naming.ANY : Naming.NAMED, methods);
    boolean head = methods.contains(GET) && !methods.contains(HEAD);
    return head ? List.of(own, of(route, Naming.HEAD_BY_GET, List.of(HEAD))) : List.of(own);
  }

  private static Candidate of(Numbering.Numbered numbered, Naming naming, List<String> methods) {
    RouteConfig route = numbered.route();
    List<Condition> conditions = Condition.of(route.match());
    return new Candidate(numbered.number(), naming, methods, conditions, route.priority(), null);
  }

  /** The same candidate in front of others. */
  private Candidate before(Candidate next) {
    return new Candidate(route, naming, methods, conditions, priority, next);
  }

  /**
   * The candidates of a place with another one where it belongs.
   *
   * @param first the best so far; null for none
   */
  static Candidate add(Candidate first, Candidate added, Comparator<Candidate> bestFirst) {
    Deque<Candidate> better = new ArrayDeque<>();
    Candidate rest = first;
    while (rest != null && bestFirst.compare(rest, added) < 0) {
      better.push(rest);
      rest = rest.next;
    }
    return join(better, added.before(rest));
  }

  /** The candidates of a place without those of a route. */
  static Candidate remove(Candidate first, int route) {
    Deque<Candidate> left = new ArrayDeque<>();
    for (Candidate each = first; each != null; each = each.next) {
      if (each.route != route) {
        left.push(each);
      }
    }
    return join(left, null);
  }

  private static Candidate join(Deque<Candidate> lastFirst, Candidate rest) {
    Candidate joined = rest;
    for (Candidate each : lastFirst) {
      joined = each.before(joined);
    }
    return joined;
  }

  /**
   * The first that takes a request.
   *
   * @param best the first to check; may be null
   * @return what {@link RouteTable#find} returns
   */
  static int first(Candidate best, String method, RequestFacts facts) {
    int found = RouteTable.NONE;
    for (Candidate c = best; c != null && found < 0; c = c.next) {
      found = RouteTable.orElse(found, c.check(method, facts));
    }
    return found;
  }

  private int check(String method, RequestFacts facts) {
    // By index: an iterator would be garbage of every request.
    for (int i = 0; i < conditions.size(); i++) {
      if (!conditions.get(i).holds(facts)) {
        return RouteTable.NONE;
      }
    }
    return methods.isEmpty() || methods.contains(method) ? route : RouteTable.METHOD_MISMATCH;
  }
}
