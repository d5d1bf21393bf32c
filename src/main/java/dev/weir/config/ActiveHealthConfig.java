package dev.weir.config;

import java.util.List;
import java.util.Map;

/**
 * Probes of every endpoint of an upstream.
 *
 * @param type {@value #HTTP} (a request and its response), {@value #TCP} (a connection, and what is
 *     said over it) or {@value #GRPC} (grpc.health.v1 over HTTP/2); default {@value #DEFAULT_TYPE}
 * @param method of an HTTP probe; default {@value #DEFAULT_METHOD}
 * @param path what an HTTP probe asks for, with a query or without; default {@value #DEFAULT_PATH}
 * @param headers what an HTTP probe sends besides, {@code host} (a host[:port]) among them, but not
 *     {@code content-length} or what belongs to the connection; default none
 * @param expectedStatuses the statuses, 100 to 599, that are a success; default empty, which stands
 *     for 200 to 399
 * @param degradedStatuses statuses, 100 to 599, that are a success of an endpoint that is to get
 *     traffic only when healthy ones are short, as one is whose response has {@code
 *     x-envoy-degraded}; default none
 * @param bodyContains what the first 64 KiB of the body of the response must hold; default none
 * @param send what a TCP probe says once it is connected; default none
 * @param expect what the first 64 KiB of the answer to a TCP probe must hold; default none, a
 *     connection is enough
 * @param service what a gRPC probe asks for; default empty, the server as a whole
 * @param port where the probes go; default 0, the endpoint's own
 * @param tls how they are secured; default null, in clear text
 * @param intervalMillis from one probe of an endpoint to its next, 1 ms to 7 days; default {@value
 *     #DEFAULT_INTERVAL_MILLIS}
 * @param changingIntervalMillis the same while results speak against the state; default 0, as
 *     {@code intervalMillis}
 * @param downIntervalMillis the same while the endpoint is down; default 0, as {@code
 *     intervalMillis}
 * @param timeoutMillis how long a probe may take before it has failed, 1 ms to 7 days; default
 *     {@value #DEFAULT_TIMEOUT_MILLIS}
 * @param rise how many successes in a row make an endpoint healthy, 1 to 1000; default {@value
 *     #DEFAULT_RISE}
 * @param fall how many failures in a row make it unhealthy, 1 to 1000; default {@value
 *     #DEFAULT_FALL}
 * @param initial what an endpoint is before its first probe: {@value #START_UP}, {@value
 *     #START_DOWN}, or {@value #FIRST_PROBE} (down, and its first probe decides at once); default
 *     {@value #DEFAULT_INITIAL}
 * @param graceMillis for how long failures of a new endpoint don't count, up to 7 days; default 0
 */
public record ActiveHealthConfig(
    String type,
    String method,
    String path,
    Map<String, String> headers,
    List<Integer> expectedStatuses,
    List<Integer> degradedStatuses,
    String bodyContains,
    String send,
    String expect,
    String service,
    int port,
    ClientTlsConfig tls,
    long intervalMillis,
    long changingIntervalMillis,
    long downIntervalMillis,
    long timeoutMillis,
    int rise,
    int fall,
    String initial,
    long graceMillis) {

  /** A request. */
  public static final String HTTP = "http";

  /** A connection. */
  public static final String TCP = "tcp";

  /** The health service of gRPC. */
  public static final String GRPC = "grpc";

  /** Every type there is. */
  public static final List<String> TYPES = List.of(HTTP, TCP, GRPC);

  /** A request. */
  public static final String DEFAULT_TYPE = HTTP;

  /** Changes nothing. */
  public static final String DEFAULT_METHOD = "GET";

  /** The root. */
  public static final String DEFAULT_PATH = "/";

  /** 10 seconds. */
  public static final long DEFAULT_INTERVAL_MILLIS = 10_000;

  /** 2 seconds. */
  public static final long DEFAULT_TIMEOUT_MILLIS = 2000;

  /** In successes. */
  public static final int DEFAULT_RISE = 2;

  /** In failures. */
  public static final int DEFAULT_FALL = 3;

  /** It gets traffic at once. */
  public static final String START_UP = "startUp";

  /** It gets traffic after {@code rise} successes. */
  public static final String START_DOWN = "startDown";

  /** It gets traffic after one success. */
  public static final String FIRST_PROBE = "firstProbe";

  /** It gets traffic at once. */
  public static final String DEFAULT_INITIAL = START_UP;

  private static final Shape<Integer> IN_A_ROW = Shape.integer(1, 1000);

  private static final Shape<Map<String, String>> HEADERS =
      Shapes.map(HttpRules.FREE_HEADER_OR_HOST, Shape.text(HttpRules.HEADER_VALUE));

  private static final Shape<String> INITIAL =
      Shape.word(List.of(START_UP, START_DOWN, FIRST_PROBE));

  private static final Shape<List<Integer>> STATUSES = Shapes.list(Shape.integer(100, 599));

  /** Keeps its own unmodifiable copies. */
  public ActiveHealthConfig {
    headers = Ordered.copyOf(headers);
    expectedStatuses = List.copyOf(expectedStatuses);
    degradedStatuses = List.copyOf(degradedStatuses);
  }

  /** Reads one; what is absent has its default. */
  public static ActiveHealthConfig read(ObjectReader r) {
    return new ActiveHealthConfig(
        r.optional("type", DEFAULT_TYPE, Shape.word(TYPES)),
        r.optional("method", DEFAULT_METHOD, Shape.text(HttpRules.METHOD)),
        r.optional("path", DEFAULT_PATH, Shape.text(PathRules.TARGET_PATH)),
        headers(r),
        r.optional("expectedStatuses", List.of(), STATUSES),
        r.optional("degradedStatuses", List.of(), STATUSES),
        r.optional("bodyContains", null, Shape.text(HttpRules.NOT_EMPTY)),
        r.optional("send", null, Shape.text(HttpRules.NOT_EMPTY)),
        r.optional("expect", null, Shape.text(HttpRules.NOT_EMPTY)),
        r.optional("service", "", Shape.text()),
        r.optional("port", 0, Common.LISTEN_PORT),
        r.optional("tls", null, Shapes.object(ClientTlsConfig::read)),
        r.optional("intervalMillis", DEFAULT_INTERVAL_MILLIS, Common.MILLIS),
        r.optional("changingIntervalMillis", 0L, Common.MILLIS_OR_ZERO),
        r.optional("downIntervalMillis", 0L, Common.MILLIS_OR_ZERO),
        r.optional("timeoutMillis", DEFAULT_TIMEOUT_MILLIS, Common.MILLIS),
        r.optional("rise", DEFAULT_RISE, IN_A_ROW),
        r.optional("fall", DEFAULT_FALL, IN_A_ROW),
        r.optional("initial", DEFAULT_INITIAL, INITIAL),
        r.optional("graceMillis", 0L, Common.MILLIS_OR_ZERO));
  }

  private static Map<String, String> headers(ObjectReader r) {
    Map<String, String> headers = r.optional("headers", Map.of(), HEADERS);
    headers.forEach(
        (name, value) -> {
          if (HttpRules.isHost(name) && !HostRules.HOST_AND_PORT.test().test(value)) {
            r.problemAt("headers/" + name, value, HostRules.HOST_AND_PORT.expected());
          }
        });
    return headers;
  }
}
