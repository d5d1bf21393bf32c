package dev.weir.config;

import java.util.List;

/**
 * When a request is tried once more. A route's rules take the place of its upstream's as a whole.
 *
 * @param attempts how often a request is tried in all, 1 to 10; default {@value #DEFAULT_ATTEMPTS},
 *     which is no retry
 * @param on what makes another try: {@value #CONNECT_FAILURE} (no connection came about), {@value
 *     #REFUSED_STREAM} (the server says that it did not begin), {@value #RESET} (the connection
 *     broke before the head of a response), {@value #TIMEOUT} (no head of a response in time) or
 *     {@value #GATEWAY_ERROR} (502, 503 or 504); default the first four
 * @param statuses further statuses, 400 to 599, that do; default none
 * @param methods the methods, in capitals, that may be sent twice; default empty, which stands for
 *     the idempotent ones (RFC 9110 section 9.2.2). A request that the server never saw may be
 *     tried again whatever its method
 * @param perTryTimeoutMillis how long a try may take to the head of the response, up to 7 days;
 *     default 0, which is no bound but those of the timeouts
 * @param backoff how long to wait before another try
 * @param maxReplayBytes how much of a body is kept to be sent again, 0 to 16 MiB; default {@value
 *     #DEFAULT_MAX_REPLAY_BYTES}; a request with a larger body is tried once
 * @param hedge when a second endpoint is asked although the first one has not failed
 */
public record RetryConfig(
    int attempts,
    List<String> on,
    List<Integer> statuses,
    List<String> methods,
    long perTryTimeoutMillis,
    BackoffConfig backoff,
    int maxReplayBytes,
    HedgeConfig hedge) {

  /** No connection came about. */
  public static final String CONNECT_FAILURE = "connect-failure";

  /** The server says that it did not begin with the request. */
  public static final String REFUSED_STREAM = "refused-stream";

  /** The connection broke before the head of a response. */
  public static final String RESET = "reset";

  /** The head of the response did not come in time. */
  public static final String TIMEOUT = "timeout";

  /** 502, 503 or 504. */
  public static final String GATEWAY_ERROR = "gateway-error";

  /** Once: no retry. */
  public static final int DEFAULT_ATTEMPTS = 1;

  /** All but {@value #GATEWAY_ERROR}. */
  public static final List<String> DEFAULT_ON =
      List.of(CONNECT_FAILURE, REFUSED_STREAM, RESET, TIMEOUT);

  /** 64 KiB. */
  public static final int DEFAULT_MAX_REPLAY_BYTES = 65_536;

  private static final Shape<List<String>> CONDITIONS =
      Shapes.list(
          Shape.word(List.of(CONNECT_FAILURE, REFUSED_STREAM, RESET, TIMEOUT, GATEWAY_ERROR)));
  private static final Shape<List<Integer>> STATUSES = Shapes.list(Shape.integer(400, 599));
  private static final Shape<List<String>> METHODS = Shapes.list(Shape.text(HttpRules.METHOD));

  /** Keeps its own unmodifiable copies. */
  public RetryConfig {
    on = List.copyOf(on);
    statuses = List.copyOf(statuses);
    methods = List.copyOf(methods);
  }

  static RetryConfig read(ObjectReader r) {
    return new RetryConfig(
        r.optional("attempts", DEFAULT_ATTEMPTS, Shape.integer(1, 10)),
        r.optional("on", DEFAULT_ON, CONDITIONS),
        r.optional("statuses", List.of(), STATUSES),
        r.optional("methods", List.of(), METHODS),
        r.optional("perTryTimeoutMillis", 0L, Common.MILLIS_OR_ZERO),
        r.object("backoff", BackoffConfig::read),
        r.optional("maxReplayBytes", DEFAULT_MAX_REPLAY_BYTES, Shape.integer(0, 16 << 20)),
        r.object("hedge", HedgeConfig::read));
  }
}
