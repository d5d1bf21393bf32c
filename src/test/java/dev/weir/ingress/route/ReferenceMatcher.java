package dev.weir.ingress.route;

import dev.weir.config.MatchConfig;
import dev.weir.config.RouteConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rules of {@link RouteTable} in their plainest form: looks at every route, by regular
 * expression, and takes the best of those that match.
 */
final class ReferenceMatcher {

  private final List<RouteConfig> routes;

  ReferenceMatcher(List<RouteConfig> routes) {
    this.routes = routes;
  }

  int find(String host, String method, String path, Facts facts) {
    List<Integer> fitting = fitting(host, path, facts);
    return fitting.stream()
        .filter(i -> methodRank(match(i), method) < 3)
        .min(bestFirst(host, method))
        .orElse(fitting.isEmpty() ? RouteTable.NONE : RouteTable.METHOD_MISMATCH);
  }

  /** Every method that some route names and that a fitting route takes. */
  List<String> allowed(String host, String path, Facts facts) {
    TreeSet<String> named = new TreeSet<>();
    routes.forEach(route -> named.addAll(route.match().methods()));
    if (named.contains("GET")) {
      named.add("HEAD");
    }
    List<Integer> fitting = fitting(host, path, facts);
    named.removeIf(method -> fitting.stream().allMatch(i -> methodRank(match(i), method) == 3));
    return List.copyOf(named);
  }

  private List<Integer> fitting(String host, String path, Facts facts) {
    return IntStream.range(0, routes.size())
        .filter(i -> hostRank(match(i), host) >= 0)
        .filter(i -> regex(match(i).path()).matcher(path).matches())
        .filter(i -> allHold(match(i).headers(), facts::header))
        .filter(i -> allHold(match(i).query(), facts::query))
        .boxed()
        .toList();
  }

  private Comparator<Integer> bestFirst(String host, String method) {
    return Comparator.<Integer>comparingInt(i -> -hostRank(match(i), host))
        .thenComparing(i -> kinds(match(i).path()))
        .thenComparing(i -> methodRank(match(i), method))
        .thenComparing(i -> -match(i).headers().size() - match(i).query().size())
        .thenComparing(i -> -routes.get(i).priority())
        .thenComparing(i -> i);
  }

  private MatchConfig match(int route) {
    return routes.get(route).match();
  }

  /** The greater the more specific; less than 0 when the host does not fit. */
  private static int hostRank(MatchConfig match, String host) {
    if (match.hosts().isEmpty()) {
      return 0;
    }
    String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
    return match.hosts().stream().mapToInt(p -> hostRank(p, name)).max().getAsInt();
  }

  private static int hostRank(String pattern, String name) {
    String lower = pattern.toLowerCase(Locale.ROOT);
    if (lower.equals(name)) {
      return Integer.MAX_VALUE;
    }
    boolean fits = lower.startsWith("*.") && name.matches(".+" + Pattern.quote(lower.substring(1)));
    return fits ? lower.length() : -1;
  }

  private static Pattern regex(String pattern) {
    if (pattern.equals("/*")) {
      return Pattern.compile(".*");
    }
    String regex =
        segments(pattern)
            .map(
                s ->
                    s.startsWith(":")
                        ? "/[^/]+"
                        : s.equals("*") ? "(/.*)?" : "/" + Pattern.quote(s))
            .collect(Collectors.joining());
    return Pattern.compile(regex);
  }

  /**
   * One letter a segment, so that the more specific of two patterns comes first in the alphabet.
   */
  private static String kinds(String pattern) {
    return segments(pattern)
        .map(s -> s.startsWith(":") ? "b" : s.equals("*") ? "c" : "a")
        .collect(Collectors.joining());
  }

  private static Stream<String> segments(String pattern) {
    return Stream.of(pattern.substring(1).split("/", -1));
  }

  private static boolean allHold(Map<String, String> conditions, UnaryOperator<String> request) {
    return conditions.entrySet().stream()
        .allMatch(
            condition -> {
              String actual = request.apply(condition.getKey());
              return condition.getValue().equals("*")
                  ? actual != null
                  : condition.getValue().equals(actual);
            });
  }

  /** 3 when the method does not fit. */
  private static int methodRank(MatchConfig match, String method) {
    if (match.methods().isEmpty()) {
      return 2;
    }
    if (match.methods().contains(method)) {
      return 0;
    }
    return method.equals("HEAD") && match.methods().contains("GET") ? 1 : 3;
  }
}
