package dev.weir.ingress.route;

import static dev.weir.ingress.route.RouteBuilder.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.config.RouteConfig;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a match costs, counted and not timed: routes that are checked, slots that are looked at,
 * bytes that are allocated. To be asked about a header is how a test sees that a route is checked.
 */
class RouteTableCostTest {

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 10_000})
  void oneRouteIsChecked_howeverManyThereAre(int routes) {
    RouteTable table = RouteTable.of(services(routes));
    for (int i = 0; i < routes; i += Math.max(1, routes / 100)) {
      assertThat(checks(table, "/service" + i + "/orders/7")).isEqualTo(1);
    }
    assertThat(checks(table, "/service" + routes + "/orders/7")).isZero();
    assertThat(checks(table, "/service0/other")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"10, service", "100, service", "10000, service", "10, ''", "100, ''", "10000, ''"})
  void fewSlotsAreLookedAt_howeverManyThereAre(int keys, String prefix) {
    RegionTable<RegionTableTest.Word> table = new RegionTable<>();
    List<String> names = IntStream.range(0, 2 * keys).mapToObj(i -> prefix + i).toList();
    names.subList(0, keys).forEach(key -> table.computeIfAbsent(key, RegionTableTest.Word::new));
    IntSummaryStatistics hits = probes(table, names.subList(0, keys));
    IntSummaryStatistics misses = probes(table, names.subList(keys, 2 * keys));
    assertThat(hits.getAverage()).isLessThan(2);
    assertThat(misses.getAverage()).isLessThan(4);
    assertThat(Math.max(hits.getMax(), misses.getMax())).isLessThan(40);
  }

  private static IntSummaryStatistics probes(RegionTable<?> table, List<String> keys) {
    return keys.stream().mapToInt(table::probes).summaryStatistics();
  }

  @Test
  void everyPlaceFits_eachRouteIsCheckedOnce() {
    int depth = 12;
    RouteTable table = RouteTable.of(everyMixture(depth));
    assertThat(checks(table, "/a".repeat(depth))).isEqualTo(1 << depth);
    assertThat(checks(table, "/a".repeat(depth - 1) + "/b")).isEqualTo(1 << depth - 1);
    assertThat(checks(table, "/a".repeat(depth) + "/b")).isZero();
  }

  /** 2^64 ways lead through the tree on paper, and 64 routes are all that there is to walk. */
  @Test
  @Timeout(20)
  void manyWaysBack_areNotMoreThanTheTreeHasPlaces() {
    int depth = 64;
    List<RouteConfig> routes = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      String pattern = "/a".repeat(i) + "/:x" + "/a".repeat(depth - i - 1) + "/end";
      routes.add(route(pattern).header("x", "1").config());
    }
    RouteTable table = RouteTable.of(routes);
    assertThat(checks(table, "/a".repeat(depth) + "/end")).isEqualTo(depth);
    for (int i = 0; i < 1_000; i++) {
      assertThat(checks(table, "/a".repeat(depth) + "/miss")).isZero();
    }
  }

  @Test
  void findAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    RouteTable table = RouteTable.of(services(100));
    Facts facts = Facts.none();
    int rounds = 10_000;
    findAll(table, facts, rounds);
    long before = threads.getCurrentThreadAllocatedBytes();
    findAll(table, facts, rounds);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    // A byte a round would be found; a class that happens to be loaded in between would not count.
    assertThat(bytes).isLessThan(rounds);
  }

  private static void findAll(RouteTable table, Facts facts, int rounds) {
    for (int i = 0; i < rounds; i++) {
      table.find("www.example.com", "GET", "/service42/orders/7", facts);
      table.find("example.com", "HEAD", "/service42/orders", facts);
      table.find(null, "DELETE", "/other/orders/7", facts);
    }
  }

  /** How many routes are checked for a request that none takes. */
  private static int checks(RouteTable table, String path) {
    Facts facts = Facts.none();
    assertThat(table.find("www.example.com", "GET", path, facts)).isEqualTo(RouteTable.NONE);
    return facts.asked();
  }

  private static List<RouteConfig> services(int count) {
    return names(count).stream()
        .map(name -> route("/" + name + "/orders/:id").hosts("*.com", "a.test"))
        .map(route -> route.header("x", "1").config())
        .toList();
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "service" + i).toList();
  }

  /** All patterns of some segments of which each is a literal or captured. */
  private static List<RouteConfig> everyMixture(int depth) {
    List<RouteConfig> routes = new ArrayList<>();
    for (int mixture = 0; mixture < 1 << depth; mixture++) {
      StringBuilder pattern = new StringBuilder();
      for (int i = 0; i < depth; i++) {
        pattern.append((mixture >> i & 1) == 0 ? "/a" : "/:x" + i);
      }
      routes.add(route(pattern.toString()).header("x", "1").config());
    }
    return routes;
  }
}
