package dev.weir.ingress.route;

import dev.weir.config.MatchConfig;
import dev.weir.config.RouteConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is left to check of a route when its host and path fit.
 *
 * @param route the index of the route
 * @param naming how the route comes to its methods
 * @param methods the methods, any of them; empty for every method
 * @param conditions what headers and query must hold, all of them
 * @param priority the greater first
 */
record Candidate(
    int route, Naming naming, List<String> methods, List<Condition> conditions, int priority) {

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
   * All candidates of some routes in the order of precedence. A route that names GET and not HEAD
   * is there twice, so that for HEAD it stands behind those that name HEAD.
   */
  static List<Candidate> bestFirst(List<RouteConfig> routes) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < routes.size(); i++) {
      RouteConfig route = routes.get(i);
      List<String> methods = route.match().methods();
      candidates.add(of(i, route, methods.isEmpty() ? Naming.ANY : Naming.NAMED, methods));
      if (methods.contains(GET) && !methods.contains(HEAD)) {
        candidates.add(of(i, route, Naming.HEAD_BY_GET, List.of(HEAD)));
      }
    }
    candidates.sort(BEST_FIRST);
    return candidates;
  }

  private static Candidate of(int index, RouteConfig route, Naming naming, List<String> methods) {
    MatchConfig match = route.match();
    return new Candidate(index, naming, methods, Condition.of(match), route.priority());
  }

  /**
   * The first of some candidates that takes a request, or what {@link RouteTable} returns for none.
   */
  static int first(List<Candidate> candidates, String method, RequestFacts facts) {
    int found = RouteTable.NONE;
    for (int i = 0; i < candidates.size() && found < 0; i++) {
      found = RouteTable.orElse(found, candidates.get(i).check(method, facts));
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
