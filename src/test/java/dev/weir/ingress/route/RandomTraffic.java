package dev.weir.ingress.route;

import dev.weir.config.RouteConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random routes and requests, of so few different words that they often meet. */
final class RandomTraffic {

  private static final String[] HOST_PATTERNS = {
    "a.test", "b.a.test", "C.b.a.test", "*.test", "*.a.test", "*.b.a.test", "*.c.b.A.test"
  };
  private static final String[] HOSTS = {
    null,
    "",
    "test",
    "a.test",
    "b.a.test",
    "B.A.Test",
    "c.b.a.test",
    "d.c.b.a.test",
    "x.test",
    "x.a.test",
    ".a.test",
    "xa.test"
  };
  private static final String[] PATTERN_SEGMENTS = {"a", "a", "b", "", ":x"};
  private static final String[] PATH_SEGMENTS = {"a", "a", "b", "c", "", ":x", "aa"};
  private static final String[] METHODS = {"GET", "HEAD", "PUT", "OPTIONS"};
  private static final String[] NAMES = {"x", "y"};
  private static final String[] VALUES = {"*", "1", "2", ""};

  private final Random random;

  RandomTraffic(Random random) {
    this.random = random;
  }

  List<RouteConfig> routes() {
    List<RouteConfig> routes = new ArrayList<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      routes.add(route());
    }
    return routes;
  }

  private RouteConfig route() {
    RouteBuilder route = RouteBuilder.route(pattern()).priority(random.nextInt(3) - 1);
    route.hosts(some(HOST_PATTERNS)).methods(some(METHODS));
    pairs().forEach(route::header);
    pairs().forEach(route::query);
    return route.config();
  }

  private String pattern() {
    StringBuilder pattern = new StringBuilder();
    int depth = random.nextInt(5);
    for (int i = 0; i < depth; i++) {
      String segment = any(PATTERN_SEGMENTS);
      // Each name once.
      pattern.append('/').append(segment.equals(":x") ? ":x" + i : segment);
    }
    return pattern.append(depth == 0 || random.nextInt(3) == 0 ? "/*" : "").toString();
  }

  String path() {
    if (random.nextInt(50) == 0) {
      return any("*", "", "a/b");
    }
    StringBuilder path = new StringBuilder("/").append(any(PATH_SEGMENTS));
    for (int i = random.nextInt(5); i > 0; i--) {
      path.append('/').append(any(PATH_SEGMENTS));
    }
    return path.toString();
  }

  String host() {
    return any(HOSTS);
  }

  String method() {
    return any(METHODS);
  }

  Facts facts() {
    return new Facts(pairs(), pairs());
  }

  /** None in half of all cases. */
  private Map<String, String> pairs() {
    Map<String, String> pairs = new TreeMap<>();
    for (int i = random.nextInt(4) - 1; i > 0; i--) {
      pairs.put(any(NAMES), any(VALUES));
    }
    return pairs;
  }

  /** None in half of all cases. */
  private String[] some(String... values) {
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(4) - 1; i > 0; i--) {
      some.add(any(values));
    }
    return some.toArray(String[]::new);
  }

  private String any(String... values) {
    return values[random.nextInt(values.length)];
  }
}
