package dev.weir.ingress.filter;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * What it costs to check the head of a request and to write the gateway's own fields.
 *
 * <p>To run: {@code mvn -q -Pjmh test-compile exec:exec -Djmh=Filter}. The filters edit fields in
 * place, so each round begins with a new map; {@link #fields} is the price of that alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FilterBenchmark {

  /** Who sends the request. */
  public enum Client {
    /** A tool that sends as little as it can. */
    PLAIN,
    /** A browser. */
    BROWSER,
    /** A proxy that is trusted. */
    PROXY
  }

  @Param private Client client;

  private final RequestCheck check = new RequestCheck(100);
  private final RequestIds ids = new RequestIds();
  private final HostHeader hostHeader = HostHeader.of("preserve");
  private ForwardedHeaders forwarded;
  private String[] lines;

  @Setup
  public void prepare() {
    lines =
        switch (client) {
          case PLAIN -> plain();
          case BROWSER -> browser();
          case PROXY -> proxy();
        };
    TrustedProxies trusted = new TrustedProxies(List.of("10.0.0.0/8"));
    String peer = client == Client.PROXY ? "10.0.0.9" : "192.0.2.1";
    forwarded = new ForwardedHeaders(trusted, peer, "http", 8080);
  }

  private static String[] plain() {
    return new String[] {"Host", "shop.example.com", "User-Agent", "wrk", "Accept", "*/*"};
  }

  private static String[] browser() {
    return new String[] {
      "Host", "shop.example.com",
      "Connection", "keep-alive",
      "Cache-Control", "max-age=0",
      "Upgrade-Insecure-Requests", "1",
      "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
      "Accept-Encoding", "gzip, deflate, br",
      "Accept-Language", "en-US,en;q=0.5",
      "Referer", "http://shop.example.com/",
      "Cookie", "session=4bf92f3577b34da6"
    };
  }

  private static String[] proxy() {
    return new String[] {
      "Host", "shop.example.com",
      "X-Forwarded-For", "203.0.113.7",
      "X-Forwarded-Proto", "https",
      "X-Request-Id", "4bf92f3577b34da6",
      "User-Agent", "wrk",
      "Accept", "*/*"
    };
  }

  /** New names for every request, as the decoder makes them. */
  @Benchmark
  public MultiMap fields() {
    MultiMap headers = HttpHeaders.headers();
    for (int i = 0; i < lines.length; i += 2) {
      headers.add(new AsciiString(lines[i]), lines[i + 1]);
    }
    return headers;
  }

  @Benchmark
  public MultiMap check() {
    MultiMap headers = fields();
    check.check(HttpMethod.GET, HttpVersion.HTTP_1_1, "/orders/42?x=1", headers);
    return headers;
  }

  @Benchmark
  public MultiMap all() {
    MultiMap headers = check();
    ids.assign(headers);
    HopByHop.stripRequest(headers, HttpVersion.HTTP_1_1);
    forwarded.apply(headers, check.host(), check.claims());
    Via.add(headers, HttpVersion.HTTP_1_1);
    hostHeader.apply(headers, check.host());
    return headers;
  }
}
