package dev.weir.ingress.route;

import dev.weir.config.MatchConfig;
import dev.weir.config.RouteConfig;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds the route that takes a request, among 10 000 as fast as among 10.
 *
 * <h2>What matches</h2>
 *
 * <ul>
 *   <li>Host: {@code example.com}, or {@code *.example.com} for one or more labels before it. Case
 *       does not count. A route without hosts takes every host, and a request without one.
 *   <li>Path: segment by segment, byte by byte and in its case; nothing is decoded, and an empty
 *       segment counts. {@code :id} takes any segment but an empty one. <code>/a/*</code> takes
 *       {@code /a}, {@code /a/} and all below; <code>/*</code> takes everything, even the target
 *       {@code *} of an OPTIONS request, which no other pattern takes.
 *   <li>Method: one of those given, or any. A route that takes GET takes HEAD too.
 *   <li>Headers and query parameters: all that are given, by value or by presence.
 * </ul>
 *
 * <h2>Which route wins</h2>
 *
 * The first rule that tells two matching routes apart decides:
 *
 * <ol>
 *   <li>Host: exact, then the longest wildcard, then a route without hosts.
 *   <li>Path, segment by segment from the left: literal, then {@code :name}, then <code>/*</code>.
 *       So {@code /a} wins over <code>/a/*</code>, and a longer prefix over a shorter one.
 *   <li>Method: named, then HEAD by way of GET, then a route without methods.
 *   <li>More header and query conditions.
 *   <li>The greater priority.
 *   <li>The earlier place in the configuration.
 * </ol>
 *
 * When the method or a condition of a route fails, the next one in this order is tried, down to the
 * routes without hosts: a route hides another only where it takes the request itself.
 *
 * <h2>Cost</h2>
 *
 * One look-up for the host and one for each segment, as far as patterns reach. Where a literal and
 * {@code :name} both fit a segment, both may have to be tried: with n such segments that makes up
 * to 2<sup>n</sup> ways through the path tree, but each place of the tree is visited at most once,
 * so a path never costs more visits than the patterns of a host have segments. Routes of the same
 * host and path that differ in method, headers or query alone are tried one by one. The walk nests
 * as deep as the deepest pattern, whatever the depth of the path.
 */
public final class RouteTable {

  /** No route takes the request: 404. */
  public static final int NONE = -1;

  /** No route takes the request, but with another method one would: 405. */
  public static final int METHOD_MISMATCH = -2;

  private final HostTable hosts = new HostTable();
  private final List<String> methods;

  private RouteTable(List<RouteConfig> routes) {
    for (Candidate candidate : Candidate.worstFirst(routes)) {
      add(routes.get(candidate.route()).match(), candidate);
    }
    hosts.link();
    methods = methodsOf(routes);
  }

  /** Builds the table of some routes, in the order of the configuration. */
  public static RouteTable of(List<RouteConfig> routes) {
    return new RouteTable(routes);
  }

  /**
   * Finds the route that takes a request.
   *
   * @param host the host without port and trailing dot, as {@link HostPattern#hostOf} gives it; may
   *     be null
   * @param method the method, in its case
   * @param path the path of the target as it was sent, without the query
   * @return the index of the route in the list that the table was built from, {@link #NONE} or
   *     {@link #METHOD_MISMATCH}
   */
  public int find(String host, String method, String path, RequestFacts facts) {
    int at = path.startsWith("/") ? 0 : path.length();
    int found = NONE;
    for (HostRoutes routes = hosts.get(host); routes != null; routes = routes.next()) {
      found = orElse(found, routes.paths().find(path, at, method, facts));
      if (found >= 0) {
        return found;
      }
    }
    return found;
  }

  /**
   * The methods for the Allow header of a 405: those, of all that any route names, for which {@link
   * #find} finds a route. Not for the usual path of a request.
   *
   * @return in alphabetical order, with HEAD where GET is allowed
   */
  public List<String> allowed(String host, String path, RequestFacts facts) {
    return methods.stream().filter(method -> find(host, method, path, facts) >= 0).toList();
  }

  /** What comes of a search that failed and went on. */
  static int orElse(int failed, int next) {
    return next >= 0 ? next : Math.min(failed, next);
  }

  private void add(MatchConfig match, Candidate candidate) {
    PathPattern path = PathPattern.of(match.path());
    for (HostPattern host : HostPattern.of(match.hosts())) {
      hosts.routes(host).paths().add(path, candidate);
    }
  }

  private static List<String> methodsOf(List<RouteConfig> routes) {
    TreeSet<String> methods = new TreeSet<>();
    for (RouteConfig route : routes) {
      methods.addAll(route.match().methods());
    }
    if (methods.contains(Candidate.GET)) {
      methods.add(Candidate.HEAD);
    }
    return List.copyOf(methods);
  }
}
