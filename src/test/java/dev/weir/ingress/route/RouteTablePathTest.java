package dev.weir.ingress.route;

import static dev.weir.ingress.route.RouteBuilder.route;
import static dev.weir.ingress.route.RouteBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which paths a pattern takes, and the way back when a promising branch comes to nothing. */
class RouteTablePathTest {

  @ParameterizedTest
  @CsvSource({
    "/,         /,        true",
    "/,         '',       false",
    "/,         //,       false",
    "/,         /a,       false",
    "/a,        /a,       true",
    "/a,        /a/,      false",
    "/a,        /A,       false",
    "/a,        /ab,      false",
    "/a,        /%61,     false",
    "/a,        /a/b,     false",
    "/a,        a,        false",
    "/a/,       /a/,      true",
    "/a/,       /a,       false",
    "/a/,       /a//,     false",
    "/a//b,     /a//b,    true",
    "/a//b,     /a/b,     false",
    "/a/:x,     /a/b,     true",
    "/a/:x,     /a/%2F,   true",
    "/a/:x,     /a/:x,    true",
    "/a/:x,     /a,       false",
    "/a/:x,     /a/,      false",
    "/a/:x,     /a/b/,    false",
    "/a/:x,     /a/b/c,   false",
    "/:x/b,     //b,      false",
    "/:x/b,     /a/b,     true",
    "/:x/:y,    /a/b,     true",
    "/a/*,      /a,       true",
    "/a/*,      /a/,      true",
    "/a/*,      /a//,     true",
    "/a/*,      /a/b/c,   true",
    "/a/*,      /ab,      false",
    "/a/*,      /,        false",
    "/a/:x/*,   /a,       false",
    "/a/:x/*,   /a/,      false",
    "/a/:x/*,   /a/b,     true",
    "/a/:x/*,   /a/b/c/,  true",
    "/a/:x/c/*, /a/b/d,   false",
    "//*,       /,        true",
    "//*,       //a,      true",
    "//*,       /a,       false",
    "/*,        /,        true",
    "/*,        //,       true",
    "/*,        /a/b,     true",
    "/*,        *,        true",
    "/*,        '',       true",
    "/:x,       *,        false",
  })
  void patternTakesPath(String pattern, String path, boolean takes) {
    assertThat(find(table(route(pattern)), path)).isEqualTo(takes ? 0 : RouteTable.NONE);
  }

  @Test
  void literalBranchFails_parameterIsTried() {
    RouteTable table = table(route("/a/b/c"), route("/:x/b/d"), route("/:x/*"));
    assertThat(find(table, "/a/b/c")).isZero();
    assertThat(find(table, "/a/b/d")).isEqualTo(1);
    assertThat(find(table, "/a/b/e")).isEqualTo(2);
    assertThat(find(table, "/a")).isEqualTo(2);
    assertThat(find(table, "/")).isEqualTo(RouteTable.NONE);
  }

  @Test
  void deepBranchFails_everyWildcardOnTheWayBackIsTried() {
    RouteTable table =
        table(
            route("/*"),
            route("/a/*").methods("GET"),
            route("/a/b/*").header("x", "1"),
            route("/a/b/c/*").query("q", "1"));
    assertThat(find(table, "/a/b/c/d")).isEqualTo(1);
    assertThat(table.find(null, "PUT", "/a/b/c/d", Facts.none())).isZero();
    assertThat(table.find(null, "PUT", "/a/b/c/d", Facts.headers("x", "1"))).isEqualTo(2);
    assertThat(table.find(null, "PUT", "/a/b/c", Facts.query("q", "1"))).isEqualTo(3);
  }

  @Test
  void exactRouteFailsOnItsConditions_wildcardOfTheSamePlaceIsTried() {
    RouteTable table = table(route("/a").header("x", "1"), route("/a/*"));
    assertThat(find(table, "/a")).isEqualTo(1);
    assertThat(table.find(null, "GET", "/a", Facts.headers("x", "1"))).isZero();
  }

  @Test
  void deepPattern_isWalkedToItsEnd() {
    String deep = "/a".repeat(1_000);
    RouteTable table = table(route(deep + "/b"), route(deep + "/*"));
    assertThat(find(table, deep + "/b")).isZero();
    assertThat(find(table, deep + "/c")).isEqualTo(1);
    assertThat(find(table, deep)).isEqualTo(1);
    assertThat(find(table, "/a".repeat(999))).isEqualTo(RouteTable.NONE);
  }

  @Test
  void deepPath_isWalkedOnlyAsFarAsThePatternsReach() {
    RouteTable table = table(route("/*"), route("/:x/:y/*"));
    assertThat(find(table, "/a".repeat(1_000_000))).isEqualTo(1);
    assertThat(find(table, "/".repeat(1_000_000))).isZero();
  }

  private static int find(RouteTable table, String path) {
    return table.find("any.test", "GET", path, Facts.none());
  }
}
