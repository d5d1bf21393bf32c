package dev.weir.config;

import java.util.List;

/**
 * Probes of every endpoint of an upstream.
 *
 * @param type {@value #HTTP} (a GET request) or {@value #TCP} (a connection is enough); default
 *     {@value #DEFAULT_TYPE}
 * @param path what an HTTP probe asks for, with a query or without; default {@value #DEFAULT_PATH}
 * @param intervalMillis from one probe of an endpoint to its next, 1 ms to 7 days; default {@value
 *     #DEFAULT_INTERVAL_MILLIS}
 * @param timeoutMillis how long a probe may take before it has failed, 1 ms to 7 days; default
 *     {@value #DEFAULT_TIMEOUT_MILLIS}
 * @param rise how many successes in a row make an endpoint healthy, 1 to 1000; default {@value
 *     #DEFAULT_RISE}
 * @param fall how many failures in a row make it unhealthy, 1 to 1000; default {@value
 *     #DEFAULT_FALL}
 * @param expectedStatuses the statuses, 100 to 599, that are a success; default empty, which stands
 *     for 200 to 399
 */
public record ActiveHealthConfig(
    String type,
    String path,
    long intervalMillis,
    long timeoutMillis,
    int rise,
    int fall,
    List<Integer> expectedStatuses) {

  /** A GET request. */
  public static final String HTTP = "http";

  /** A connection. */
  public static final String TCP = "tcp";

  /** Every type there is. */
  public static final List<String> TYPES = List.of(HTTP, TCP);

  /** A GET request. */
  public static final String DEFAULT_TYPE = HTTP;

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

  private static final Shape<Integer> IN_A_ROW = Shape.integer(1, 1000);

  /** Keeps its own unmodifiable copy. */
  public ActiveHealthConfig {
    expectedStatuses = List.copyOf(expectedStatuses);
  }

  static ActiveHealthConfig read(ObjectReader r) {
    return new ActiveHealthConfig(
        r.optional("type", DEFAULT_TYPE, Shape.word(TYPES)),
        r.optional("path", DEFAULT_PATH, Shape.text(PathRules.TARGET_PATH)),
        r.optional("intervalMillis", DEFAULT_INTERVAL_MILLIS, Common.MILLIS),
        r.optional("timeoutMillis", DEFAULT_TIMEOUT_MILLIS, Common.MILLIS),
        r.optional("rise", DEFAULT_RISE, IN_A_ROW),
        r.optional("fall", DEFAULT_FALL, IN_A_ROW),
        r.optional("expectedStatuses", List.of(), Shapes.list(Shape.integer(100, 599))));
  }
}
