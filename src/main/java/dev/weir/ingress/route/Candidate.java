package dev.weir.ingress.route;

import dev.weir.config.RouteConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left to check of a route when its host and path fit, and the next one of the same place.
 *
 * @param route the index of the route
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

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing(Candidate::naming)
          .thenComparing(c -> c.conditions().size(), Comparator.reverseOrder())
          .thenComparing(Candidate::priority, Comparator.reverseOrder())
          .thenComparing(Candidate::route);

  /**
   * All candidates of some routes, the last in the order of precedence first. A route that names
   * GET and not HEAD is there twice, so that for HEAD it stands behind those that name HEAD.
   */
  static List<Candidate> worstFirst(List<RouteConfig> routes) {
    List<Candidate> candidates = new ArrayList<>();
    Map<List<String>, List<String>> shared = new HashMap<>();
    for (int i = 0; i < routes.size(); i++) {
      RouteConfig route = routes.get(i);
      List<String> methods = shared.computeIfAbsent(route.match().methods(), same -> same);
      candidates.add(of(i, route, methods.isEmpty() ? Naming.ANY : Naming.NAMED, methods));
      if (methods.contains(GET) && !methods.contains(HEAD)) {
        candidates.add(of(i, route, Naming.HEAD_BY_GET, List.of(HEAD)));
      }
    }
    candidates.sort(BEST_FIRST.reversed());
    return candidates;
  }

  private static Candidate of(int index, RouteConfig route, Naming naming, List<String> methods) {
    List<Condition> conditions = Condition.of(route.match());
    return new Candidate(index, naming, methods, conditions, route.priority(), null);
  }

  /** The same candidate in front of others. */
  Candidate before(Candidate next) {
    return new Candidate(route, naming, methods, conditions, priority, next);
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
