package dev.weir.ingress.route;

import static dev.weir.ingress.route.RouteBuilder.route;
import static dev.weir.ingress.route.RouteBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Methods, and what is said when only the method is wrong. */
class RouteTableMethodTest {

  @Test
  void onlyTheMethodDiffers_isAMismatch() {
    RouteTable table = table(route("/a").methods("GET", "PUT"), route("/b"));
    assertThat(find(table, "DELETE", "/a")).isEqualTo(RouteTable.METHOD_MISMATCH);
    assertThat(find(table, "get", "/a")).isEqualTo(RouteTable.METHOD_MISMATCH);
    assertThat(find(table, "DELETE", "/b")).isEqualTo(1);
    assertThat(find(table, "DELETE", "/c")).isEqualTo(RouteTable.NONE);
  }

  @Test
  void conditionFailsToo_isNoRoute() {
    RouteTable table = table(route("/a").methods("GET").header("x", "1"));
    assertThat(find(table, "PUT", "/a")).isEqualTo(RouteTable.NONE);
    assertThat(table.find(null, "PUT", "/a", Facts.headers("x", "1")))
        .isEqualTo(RouteTable.METHOD_MISMATCH);
  }

  @Test
  void mismatchOfABetterRoute_givesWayToAWorseThatMatches() {
    RouteTable table = table(route("/a").methods("GET").hosts("a.test"), route("/*"));
    assertThat(table.find("a.test", "PUT", "/a", Facts.none())).isEqualTo(1);
  }

  @Test
  void mismatchAnywhere_isNotForgottenOnTheWayBack() {
    assertThat(find(table(route("/a").methods("PUT"), route("/:x/b")), "GET", "/a"))
        .isEqualTo(RouteTable.METHOD_MISMATCH);
    assertThat(find(table(route("/a/*").methods("PUT"), route("/a/b/c")), "GET", "/a/b"))
        .isEqualTo(RouteTable.METHOD_MISMATCH);
    assertThat(find(table(route("/:x").methods("PUT"), route("/a/b")), "GET", "/a"))
        .isEqualTo(RouteTable.METHOD_MISMATCH);
    RouteTable hosts = table(route("/a").methods("PUT").hosts("a.test"), route("/b"));
    assertThat(hosts.find("a.test", "GET", "/a", Facts.none()))
        .isEqualTo(RouteTable.METHOD_MISMATCH);
  }

  @Test
  void headIsTakenByGet() {
    assertThat(find(table(route("/a").methods("GET")), "HEAD", "/a")).isZero();
    assertThat(find(table(route("/a").methods("PUT")), "HEAD", "/a"))
        .isEqualTo(RouteTable.METHOD_MISMATCH);
    assertThat(find(table(route("/a").methods("HEAD")), "GET", "/a"))
        .isEqualTo(RouteTable.METHOD_MISMATCH);
  }

  @Test
  void headIsTakenByItsNameBeforeGet_andByGetBeforeAny() {
    RouteTable table =
        table(
            route("/a").priority(9),
            route("/a").methods("GET").header("x", "*").priority(9),
            route("/a").methods("HEAD"));
    assertThat(find(table, "HEAD", "/a")).isEqualTo(2);
    assertThat(table.find(null, "HEAD", "/a", Facts.headers("x", "1"))).isEqualTo(2);
    RouteTable withoutHead = table(route("/a").priority(9), route("/a").methods("GET"));
    assertThat(find(withoutHead, "HEAD", "/a")).isEqualTo(1);
  }

  @Test
  void allowed_namesTheMethodsOfEveryRouteThatWouldTakeTheRequest() {
    RouteTable table =
        table(
            route("/a").methods("GET"),
            route("/a").methods("PUT", "GET").header("x", "1"),
            route("/*").methods("OPTIONS").hosts("*.test"),
            route("/:x").methods("PATCH"),
            route("/b").methods("DELETE"));
    assertThat(table.allowed(null, "/a", Facts.none())).containsExactly("GET", "HEAD", "PATCH");
    assertThat(table.allowed("a.test", "/a", Facts.headers("x", "1")))
        .containsExactly("GET", "HEAD", "OPTIONS", "PATCH", "PUT");
    assertThat(table.allowed(null, "/b", Facts.none())).containsExactly("DELETE", "PATCH");
    assertThat(table.allowed(null, "/a/b", Facts.none())).isEmpty();
  }

  private static int find(RouteTable table, String method, String path) {
    return table.find(null, method, path, Facts.none());
  }
}
