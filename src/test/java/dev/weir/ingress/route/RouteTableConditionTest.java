package dev.weir.ingress.route;

import static dev.weir.ingress.route.RouteBuilder.route;
import static dev.weir.ingress.route.RouteBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Conditions on headers and query parameters. */
class RouteTableConditionTest {

  @Test
  void headerValue_isComparedAsAWhole() {
    RouteTable table = table(route("/*").header("x", "yes"));
    assertThat(find(table, Facts.headers("x", "yes"))).isZero();
    assertThat(find(table, Facts.headers("x", "Yes"))).isEqualTo(RouteTable.NONE);
    assertThat(find(table, Facts.headers("x", "yes, no"))).isEqualTo(RouteTable.NONE);
    assertThat(find(table, Facts.query("x", "yes"))).isEqualTo(RouteTable.NONE);
    assertThat(find(table, Facts.none())).isEqualTo(RouteTable.NONE);
  }

  @Test
  void queryValue_isComparedAsAWhole() {
    RouteTable table = table(route("/*").query("q", ""));
    assertThat(find(table, Facts.query("q", ""))).isZero();
    assertThat(find(table, Facts.query("q", "1"))).isEqualTo(RouteTable.NONE);
    assertThat(find(table, Facts.headers("q", ""))).isEqualTo(RouteTable.NONE);
    assertThat(find(table, Facts.none())).isEqualTo(RouteTable.NONE);
  }

  @Test
  void asterisk_asksForPresence() {
    RouteTable table = table(route("/*").header("x", "*").query("q", "*"));
    Facts both = new Facts(Map.of("x", ""), Map.of("q", ""));
    assertThat(find(table, both)).isZero();
    assertThat(find(table, Facts.headers("x", "1"))).isEqualTo(RouteTable.NONE);
    assertThat(find(table, Facts.query("q", "1"))).isEqualTo(RouteTable.NONE);
  }

  @Test
  void allConditionsMustHold_elseTheNextRouteIsTried() {
    RouteTable table =
        table(
            route("/*").header("x", "1").header("y", "2"),
            route("/*").header("y", "2"),
            route("/*"));
    assertThat(find(table, Facts.headers("x", "1", "y", "2"))).isZero();
    assertThat(find(table, Facts.headers("x", "2", "y", "2"))).isEqualTo(1);
    assertThat(find(table, Facts.headers("x", "1"))).isEqualTo(2);
  }

  @Test
  void requestIsAskedOnlyForRoutesOfItsHostAndPath() {
    RouteTable table =
        table(
            route("/a").header("x", "1"),
            route("/b/:x").header("x", "1"),
            route("/c/*").query("q", "1"),
            route("/*").header("x", "1").hosts("a.test"),
            route("/d"));
    Facts facts = Facts.none();
    assertThat(table.find("b.test", "GET", "/d", facts)).isEqualTo(4);
    assertThat(facts.asked()).isZero();
    assertThat(table.find("b.test", "GET", "/b/1", facts)).isEqualTo(RouteTable.NONE);
    assertThat(facts.asked()).isEqualTo(1);
  }

  private static int find(RouteTable table, Facts facts) {
    return table.find(null, "GET", "/a", facts);
  }
}
