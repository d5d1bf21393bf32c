package dev.weir.ingress.route;

import static dev.weir.ingress.route.RouteBuilder.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.RouteConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A table that is changed is the table that would be built. */
class RouteTableUpdateTest {

  private static final int TABLES = 400;
  private static final int CHANGES = 25;
  private static final int REQUESTS = 10;

  /** What one change may cost at most, with room for a busy machine. */
  private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  @Test
  void randomChanges_areRoutedByTheRules(TestReporter reporter) {
    long seed = Long.getLong("weir.seed", new Random().nextLong());
    reporter.publishEntry("seed", String.valueOf(seed));
    Random random = new Random(seed);
    RandomTraffic traffic = new RandomTraffic(random);
    for (int i = 0; i < TABLES; i++) {
      List<RouteConfig> routes = traffic.routes();
      RouteTable table = RouteTable.of(routes);
      for (int change = 0; change < CHANGES; change++) {
        routes = changed(routes, traffic, random);
        table.update(routes);
        compare(seed, routes, table, traffic);
      }
    }
  }

  private static List<RouteConfig> changed(
      List<RouteConfig> routes, RandomTraffic traffic, Random random) {
    List<RouteConfig> next = new ArrayList<>(routes);
    List<RouteConfig> more = traffic.routes();
    switch (random.nextInt(5)) {
      case 0 -> next.add(random.nextInt(next.size() + 1), more.get(0));
      case 1 -> next.addAll(random.nextInt(next.size() + 1), more);
      case 2 -> Collections.shuffle(next, random);
      case 3 -> next.removeIf(route -> random.nextInt(4) == 0);
      default -> next.replaceAll(route -> random.nextInt(3) == 0 ? more.get(0) : route);
    }
    // No route is there twice.
    return next.stream().distinct().toList();
  }

  private static void compare(
      long seed, List<RouteConfig> routes, RouteTable table, RandomTraffic traffic) {
    ReferenceMatcher reference = new ReferenceMatcher(routes);
    for (int i = 0; i < REQUESTS; i++) {
      String host = traffic.host();
      String method = traffic.method();
      String path = traffic.path();
      Facts facts = traffic.facts();
      int found = table.find(host, method, path, facts);
      int expected = reference.find(host, method, path, facts);
      String request = "seed " + seed + ": " + host + " " + method + " " + path + " " + facts;
      if (expected < 0) {
        assertThat(found).as(request).isEqualTo(expected);
      } else {
        assertThat(table.route(found)).as(request).isSameAs(routes.get(expected));
      }
      assertThat(table.allowed(host, path, facts))
          .as(request)
          .isEqualTo(reference.allowed(host, path, facts));
    }
  }

  @Test
  void routesThatStay_keepTheirNumbers() {
    List<RouteConfig> routes = services(10_000);
    RouteTable table = RouteTable.of(routes);
    List<RouteConfig> next = new ArrayList<>(routes);
    next.set(5_000, route("/service5000/new").config());
    next.add(0, route("/first").config());
    next.remove(9_000);
    assertThat(table.update(next)).as("what came").hasSize(2);
    for (int place = 1; place < next.size(); place++) {
      int number = find(table, next.get(place).match().path().replace("*", "x"));
      assertThat(table.route(number)).isSameAs(next.get(place));
      if (place < 5_000) {
        assertThat(number).isEqualTo(place - 1);
      }
    }
    assertThat(find(table, "/service8999/x")).isEqualTo(RouteTable.NONE);
    assertThat(table.bound()).isEqualTo(10_000);
  }

  @Test
  void changeOfOneRouteIn10000_costsLittle(TestReporter reporter) {
    List<RouteConfig> routes = services(10_000);
    RouteTable table = RouteTable.of(routes);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 200; i++) {
      List<RouteConfig> next = new ArrayList<>(routes);
      next.set(i * 37 % 10_000, route("/service" + i + "/changed").config());
      long start = System.nanoTime();
      table.update(next);
      best = Math.min(best, System.nanoTime() - start);
      routes = next;
    }
    reporter.publishEntry("nanos", String.valueOf(best));
    assertThat(best).isLessThan(LIMIT_NANOS);
  }

  private static List<RouteConfig> services(int count) {
    return IntStream.range(0, count).mapToObj(i -> route("/service" + i + "/*").config()).toList();
  }

  private static int find(RouteTable table, String path) {
    return table.find(null, "GET", path, Facts.none());
  }
}
