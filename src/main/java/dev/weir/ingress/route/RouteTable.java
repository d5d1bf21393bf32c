package dev.weir.ingress.route;

import dev.weir.config.MatchConfig;
import dev.weir.config.RouteConfig;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
 *
 * <p>A change costs what it changes, and a look at which routes are the same: their places in the
 * tree stay. A table is for one thread, which changes it between two requests.
 */
public final class RouteTable {

  /** No route takes the request: 404. */
  public static final int NONE = -1;

  /** No route takes the request, but with another method one would: 405. */
  public static final int METHOD_MISMATCH = -2;

  private final Numbering numbering = new Numbering();
  private final Comparator<Candidate> bestFirst = Candidate.bestFirst(numbering::place);

  /** One object for each set of methods, because that is likely to be in a cache. */
  private final Map<List<String>, List<String>> shared = new HashMap<>();

  private HostTable hosts = new HostTable();
  private List<String> methods;

  private RouteTable() {}

  /** Builds the table of some routes, in the order of the configuration. */
  public static RouteTable of(List<RouteConfig> routes) {
    RouteTable table = new RouteTable();
    table.update(routes);
    return table;
  }

  /**
   * Takes other routes, in the order of the configuration. Those that are the same object as before
   * keep their number and what was built of them.
   *
   * @return the numbers of those that are not
   */
  public int[] update(List<RouteConfig> routes) {
    Numbering.Step step = numbering.next(routes);
    if (step.gone().size() > routes.size() / 2) {
      hosts = new HostTable();
      add(numbering.all());
    } else {
      step.gone().forEach(this::remove);
      add(step.come());
    }
    hosts.link();
    methods = null;
    return step.come().stream().mapToInt(Numbering.Numbered::number).toArray();
  }

  private void add(List<Numbering.Numbered> routes) {
    routes.stream()
        .flatMap(each -> Candidate.of(each, methods(each.route())).stream())
        .sorted(bestFirst.reversed()) // So each is put in front of those of its place.
        .forEach(this::add);
  }

  private List<String> methods(RouteConfig route) {
    return shared.computeIfAbsent(route.match().methods(), same -> same);
  }

  /** The route of a number that {@link #find} has returned. */
  public RouteConfig route(int number) {
    return numbering.route(number);
  }

  /** The numbers of all routes, in the order of the configuration. */
  public int[] numbers() {
    return numbering.numbers();
  }

  /** More than any number of a route. */
  public int bound() {
    return numbering.bound();
  }

  /**
   * Finds the route that takes a request.
   *
   * @param host the host without port and trailing dot, as {@link HostPattern#hostOf} gives it; may
   *     be null
   * @param method the method, in its case
   * @param path the path of the target as it was sent, without the query
   * @return the number of the route, which is its place in the list where the table was built from
   *     it and not changed since; {@link #NONE} or {@link #METHOD_MISMATCH}
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
    if (methods == null) {
      methods = numbering.methods();
    }
    return methods.stream().filter(method -> find(host, method, path, facts) >= 0).toList();
  }

  /** What comes of a search that failed and went on. */
  static int orElse(int failed, int next) {
    return next >= 0 ? next : Math.min(failed, next);
  }

  private void add(Candidate candidate) {
    MatchConfig match = route(candidate.route()).match();
    PathPattern path = PathPattern.of(match.path());
    for (HostPattern host : HostPattern.of(match.hosts())) {
      hosts.routes(host).paths().add(path, candidate, bestFirst);
    }
  }

  private void remove(Numbering.Numbered gone) {
    MatchConfig match = gone.route().match();
    PathPattern path = PathPattern.of(match.path());
    for (HostPattern host : HostPattern.of(match.hosts())) {
      PathNode paths = hosts.routes(host).paths();
      paths.remove(path, gone.number());
      if (paths.isEmpty()) {
        hosts.remove(host);
      }
    }
  }
}
