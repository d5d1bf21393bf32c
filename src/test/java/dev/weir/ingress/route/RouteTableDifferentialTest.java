package dev.weir.ingress.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.RouteConfig;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * The table against the plainest form of its rules, 100 000 random requests. A failure names its
 * seed: {@code -Dweir.seed=N} repeats it.
 */
class RouteTableDifferentialTest {

  private static final int TABLES = 4_000;
  private static final int REQUESTS_A_TABLE = 25;

  @Test
  void randomRequests_areRoutedByTheRules(TestReporter reporter) {
    long seed = Long.getLong("weir.seed", new Random().nextLong());
    reporter.publishEntry("seed", String.valueOf(seed));
    RandomTraffic traffic = new RandomTraffic(new Random(seed));
    for (int i = 0; i < TABLES; i++) {
      compare(seed, traffic);
    }
  }

  private static void compare(long seed, RandomTraffic traffic) {
    List<RouteConfig> routes = traffic.routes();
    RouteTable table = RouteTable.of(routes);
    ReferenceMatcher reference = new ReferenceMatcher(routes);
    for (int i = 0; i < REQUESTS_A_TABLE; i++) {
      String host = traffic.host();
      String method = traffic.method();
      String path = traffic.path();
      Facts facts = traffic.facts();
      assertThat(table.find(host, method, path, facts))
          .as(() -> describe(seed, routes, host + " " + method + " " + path + " " + facts))
          .isEqualTo(reference.find(host, method, path, facts));
      assertThat(table.allowed(host, path, facts))
          .as(() -> describe(seed, routes, "Allow of " + host + " " + path + " " + facts))
          .isEqualTo(reference.allowed(host, path, facts));
    }
  }

  private static String describe(long seed, List<RouteConfig> routes, String request) {
    StringBuilder text = new StringBuilder("seed " + seed + ": " + request + " of\n");
    routes.forEach(
        r -> text.append(r.match()).append(" priority ").append(r.priority()).append('\n'));
    return text.toString();
  }
}
