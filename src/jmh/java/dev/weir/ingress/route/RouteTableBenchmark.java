package dev.weir.ingress.route;

import dev.weir.config.BodiesConfig;
import dev.weir.config.HeaderRules;
import dev.weir.config.MatchConfig;
import dev.weir.config.RouteConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to find a route among few and among many.
 *
 * <p>To run: {@code mvn -q -Pjmh test-compile exec:exec -Djmh=RouteTable}. {@code
 * -Djmh.options="-prof gc -f 3"} passes options to JMH; without any, it measures the allocation
 * ({@code gc.alloc.rate.norm}, bytes a match, to be 0).
 *
 * <p>The routes are those of services: in every ten, two hold a segment that is captured and three
 * belong to a host of their own. Requests go to all of them in turn, {@value #REQUESTS} different
 * ones at most, so that a large table pays for the caches that it needs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouteTableBenchmark {

  private static final int REQUESTS = 1024;

  private static final RequestFacts NO_FACTS =
      new RequestFacts() {
        @Override
        public String header(String name) {
          return null;
        }

        @Override
        public String query(String name) {
          return null;
        }
      };

  @Param({"10", "100", "10000"})
  private int routes;

  private RouteTable table;
  private String[] literals;
  private String[] captured;
  private String[] misses;
  private String[] hosts;
  private int turn;

  /** Builds the table and the requests. */
  @Setup
  public void build() {
    table = RouteTable.of(IntStream.range(0, routes).mapToObj(this::route).toList());
    literals = requests(service -> "/api/service" + service + "/status");
    captured = requests(service -> "/api/service" + service + "/orders/4711/lines");
    misses = requests(service -> "/api/absent" + service + "/orders");
    hosts = requests(service -> "tenant" + service / 10 * 10 + ".example.com");
  }

  private RouteConfig route(int index) {
    int service = index / 10 * 10;
    return switch (index % 10) {
      case 0 -> route(index, List.of(), "/api/service" + service + "/*");
      case 1 -> route(index, List.of(), "/api/service" + service + "/status");
      case 2 -> route(index, List.of(), "/api/service" + service + "/orders/:id");
      case 3 -> route(index, List.of(), "/api/service" + service + "/orders/:id/lines");
      case 4 -> route(index, List.of("tenant" + service + ".example.com"), "/*");
      case 5 -> route(index, List.of("tenant" + service + ".example.com"), "/status");
      case 6 -> route(index, List.of("*.tenant" + service + ".example.com"), "/*");
      default -> route(index, List.of(), "/api/service" + index + "/*");
    };
  }

  private static RouteConfig route(int index, List<String> hosts, String path) {
    return new RouteConfig(
        "route" + index,
        RouteConfig.DEFAULT_PRIORITY,
        new MatchConfig(hosts, path, List.of("GET", "POST"), Map.of(), Map.of()),
        "upstream",
        null,
        null,
        RouteConfig.DEFAULT_HOST_HEADER,
        HeaderRules.NONE,
        HeaderRules.NONE,
        BodiesConfig.INHERITED,
        null);
  }

  /** As many as there are services, or as fit, spread over the table. */
  private String[] requests(IntFunction<String> make) {
    int services = routes / 10;
    return IntStream.range(0, REQUESTS)
        .mapToObj(i -> make.apply((int) ((long) i * 7919 % services) * 10))
        .toArray(String[]::new);
  }

  /** A path of literal segments. */
  @Benchmark
  public int literal() {
    return find("www.example.com", literals[next()]);
  }

  /** A path with a captured segment. */
  @Benchmark
  public int captured() {
    return find("www.example.com", captured[next()]);
  }

  /** A host with routes of its own. */
  @Benchmark
  public int host() {
    return find(hosts[next()], "/status");
  }

  /** A path that no route takes. */
  @Benchmark
  public int miss() {
    return find("www.example.com", misses[next()]);
  }

  private int find(String host, String path) {
    return table.find(host, "GET", path, NO_FACTS);
  }

  private int next() {
    return turn++ & REQUESTS - 1;
  }
}
