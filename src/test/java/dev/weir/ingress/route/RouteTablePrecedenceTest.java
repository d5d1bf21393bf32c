package dev.weir.ingress.route;

import static dev.weir.ingress.route.RouteBuilder.route;
import static dev.weir.ingress.route.RouteBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule of precedence, with lists of routes that all take the same request, the best first.
 * Every pair of a list is tried in both orders, so that the place in the file cannot help.
 */
class RouteTablePrecedenceTest {

  private static final Facts FACTS =
      new Facts(Map.of("x", "1", "y", "2"), Map.of("q", "1", "r", "2"));

  /** Routes that all take GET b.a.test/a/b, the best first. */
  private record Ranking(String rule, List<RouteBuilder> routes) {

    static Ranking of(String rule, RouteBuilder... routes) {
      return new Ranking(rule, List.of(routes));
    }

    @Override
    public String toString() {
      return rule;
    }
  }

  static Stream<Ranking> rankings() {
    return Stream.of(
        Ranking.of(
            "host: exact, longest wildcard, any",
            route("/*").hosts("b.a.test"),
            route("/*").hosts("*.a.test"),
            route("/*").hosts("*.test"),
            route("/*")),
        Ranking.of(
            "path: segment by segment",
            route("/a/b"),
            route("/a/b/*"),
            route("/a/:x"),
            route("/a/:x/*"),
            route("/a/*"),
            route("/:x/b"),
            route("/:x/b/*"),
            route("/:x/:y"),
            route("/:x/:y/*"),
            route("/:x/*"),
            route("/*")),
        Ranking.of("method: named, any", route("/a/b").methods("GET"), route("/a/b")),
        Ranking.of(
            "number of conditions",
            route("/a/b").header("x", "1").header("y", "*").query("q", "1").query("r", "*"),
            route("/a/b").header("x", "*").query("q", "*").query("r", "2"),
            route("/a/b").query("q", "1").query("r", "2"),
            route("/a/b").header("x", "1"),
            route("/a/b")),
        Ranking.of(
            "priority",
            route("/a/b").priority(1_000_000),
            route("/a/b").priority(1),
            route("/a/b"),
            route("/a/b").priority(-1),
            route("/a/b").priority(-1_000_000)),
        Ranking.of(
            "each rule before the next",
            route("/*").hosts("b.a.test").priority(-1),
            route("/a/b").hosts("*.test").priority(-1),
            route("/a/:x").methods("GET").hosts("*.test"),
            route("/a/:x").hosts("*.test").header("x", "1").query("q", "1"),
            route("/a/:x").hosts("*.test").priority(9),
            route("/a/:x").methods("GET").priority(-1),
            route("/a/:x").header("x", "1").query("q", "1").priority(-1),
            route("/a/:x").header("x", "1").priority(9),
            route("/a/:x").priority(9)));
  }

  @ParameterizedTest
  @MethodSource("rankings")
  void betterRouteWins_inEitherOrder(Ranking ranking) {
    List<RouteBuilder> routes = ranking.routes();
    for (int better = 0; better < routes.size(); better++) {
      for (int worse = better + 1; worse < routes.size(); worse++) {
        RouteBuilder first = routes.get(better);
        RouteBuilder second = routes.get(worse);
        assertThat(find(table(first, second))).as("%s before %s", first, second).isZero();
        assertThat(find(table(second, first))).as("%s before %s", first, second).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rankings")
  void bestOfAllWins_andWithoutItTheNext(Ranking ranking) {
    List<RouteBuilder> left = new ArrayList<>(ranking.routes());
    while (!left.isEmpty()) {
      RouteBuilder[] worstFirst = new RouteBuilder[left.size()];
      for (int i = 0; i < worstFirst.length; i++) {
        worstFirst[i] = left.get(worstFirst.length - 1 - i);
      }
      assertThat(find(table(worstFirst))).isEqualTo(worstFirst.length - 1);
      left.remove(0);
    }
  }

  @Test
  void equalRoutes_firstInTheFileWins() {
    assertThat(find(table(route("/a/b"), route("/a/b")))).isZero();
    assertThat(find(table(route("/a/:x"), route("/a/:y")))).isZero();
    assertThat(find(table(route("/*").header("x", "1"), route("/*").query("q", "1")))).isZero();
    assertThat(find(table(route("/*").query("q", "1"), route("/*").header("x", "1")))).isZero();
  }

  private static int find(RouteTable table) {
    return table.find("b.a.test", "GET", "/a/b", FACTS);
  }
}
