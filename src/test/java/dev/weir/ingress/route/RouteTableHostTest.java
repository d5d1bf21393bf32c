package dev.weir.ingress.route;

import static dev.weir.ingress.route.RouteBuilder.route;
import static dev.weir.ingress.route.RouteBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hosts a pattern takes, and the way back from one host pattern to the next. */
class RouteTableHostTest {

  @ParameterizedTest
  @CsvSource({
    "a.test,     a.test,         true",
    "a.test,     A.Test,         true",
    "A.TEST,     a.test,         true",
    "a.test,     b.a.test,       false",
    "a.test,     a.tes,          false",
    "a.test,     '',             false",
    "a.test,     ,               false",
    "*.a.test,   b.a.test,       true",
    "*.a.test,   B.A.Test,       true",
    "*.A.test,   c.b.a.test,     true",
    "*.a.test,   a.test,         false",
    "*.a.test,   .a.test,        false",
    "*.a.test,   ba.test,        false",
    "*.a.test,   b.a.test.evil,  false",
    "*.a.test,   ,               false",
    "10.0.0.1,   10.0.0.1,       true",
    "::1,        [::1],          true",
    "fd00::AB,   [FD00::ab],     true",
    "::1,        [::2],          false"
  })
  void patternTakesHost(String pattern, String host, boolean takes) {
    RouteTable table = table(route("/*").hosts(pattern));
    assertThat(table.find(host, "GET", "/", Facts.none())).isEqualTo(takes ? 0 : RouteTable.NONE);
  }

  @Test
  void anyOfSeveralHosts() {
    RouteTable table = table(route("/*").hosts("a.test", "A.test", "*.b.test"));
    assertThat(find(table, "a.test", "/")).isZero();
    assertThat(find(table, "x.b.test", "/")).isZero();
    assertThat(find(table, "c.test", "/")).isEqualTo(RouteTable.NONE);
  }

  @Test
  void pathIsNotOnTheBestHost_everyLessSpecificHostIsTried() {
    RouteTable table =
        table(
            route("/any"),
            route("/com").hosts("*.com"),
            route("/a").hosts("*.a.com"),
            route("/b").hosts("*.b.a.com"),
            route("/exact").hosts("c.b.a.com"));
    assertThat(find(table, "c.b.a.com", "/exact")).isEqualTo(4);
    assertThat(find(table, "c.b.a.com", "/b")).isEqualTo(3);
    assertThat(find(table, "c.b.a.com", "/a")).isEqualTo(2);
    assertThat(find(table, "c.b.a.com", "/com")).isEqualTo(1);
    assertThat(find(table, "c.b.a.com", "/any")).isZero();
    assertThat(find(table, "d.b.a.com", "/exact")).isEqualTo(RouteTable.NONE);
    assertThat(find(table, "b.a.com", "/b")).isEqualTo(RouteTable.NONE);
    assertThat(find(table, "b.a.com", "/a")).isEqualTo(2);
    assertThat(find(table, "a.org", "/com")).isEqualTo(RouteTable.NONE);
    assertThat(find(table, null, "/any")).isZero();
  }

  @Test
  void hostOfManyLabels_isLookedAtOnlyAsFarAsPatternsReach() {
    RouteTable table = table(route("/*").hosts("*.a.test"), route("/*").hosts("*.x.a.test"));
    assertThat(find(table, "b.".repeat(100_000) + "a.test", "/")).isZero();
    assertThat(find(table, "b.".repeat(100_000) + "x.a.test", "/")).isEqualTo(1);
    assertThat(find(table, ".".repeat(100_000), "/")).isEqualTo(RouteTable.NONE);
  }

  private static int find(RouteTable table, String host, String path) {
    return table.find(host, "GET", path, Facts.none());
  }
}
