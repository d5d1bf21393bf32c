package dev.weir.config;

/**
 * How long an endpoint may take; then the reply is 504, or the connection closes when a response
 * has begun. All in milliseconds.
 *
 * @param connectMillis to accept a connection, 1 ms to 7 days; default {@value
 *     #DEFAULT_CONNECT_MILLIS}
 * @param firstByteMillis from the end of the request to the first byte of the response, 1 ms to 7
 *     days; default {@value #DEFAULT_FIRST_BYTE_MILLIS}
 * @param idleMillis between two bytes, either way, 1 ms to 7 days; default {@value
 *     #DEFAULT_IDLE_MILLIS}
 * @param requestMillis for the whole exchange, retries included, up to 7 days; default {@value
 *     #DEFAULT_REQUEST_MILLIS}, which is no bound
 * @param minBytesPerSecond how fast it must send a response or take a request, up to 1 GiB; default
 *     0, which is no bound
 * @param rateWindowMillis over how long that is measured, counting only the time in which it was
 *     waited for, 1 ms to 7 days; default {@value #DEFAULT_RATE_WINDOW_MILLIS}
 */
public record TimeoutConfig(
    long connectMillis,
    long firstByteMillis,
    long idleMillis,
    long requestMillis,
    long minBytesPerSecond,
    long rateWindowMillis) {

  /** 5 seconds. */
  public static final long DEFAULT_CONNECT_MILLIS = 5000;

  /** 30 seconds. */
  public static final long DEFAULT_FIRST_BYTE_MILLIS = 30_000;

  /** One minute. */
  public static final long DEFAULT_IDLE_MILLIS = 60_000;

  /** 0: no bound. */
  public static final long DEFAULT_REQUEST_MILLIS = 0;

  /** 10 seconds. */
  public static final long DEFAULT_RATE_WINDOW_MILLIS = 10_000;

  static TimeoutConfig read(ObjectReader r) {
    return new TimeoutConfig(
        r.optional("connectMillis", DEFAULT_CONNECT_MILLIS, Common.MILLIS),
        r.optional("firstByteMillis", DEFAULT_FIRST_BYTE_MILLIS, Common.MILLIS),
        r.optional("idleMillis", DEFAULT_IDLE_MILLIS, Common.MILLIS),
        r.optional("requestMillis", DEFAULT_REQUEST_MILLIS, Common.MILLIS_OR_ZERO),
        r.optional("minBytesPerSecond", 0L, Common.RATE),
        r.optional("rateWindowMillis", DEFAULT_RATE_WINDOW_MILLIS, Common.MILLIS));
  }
}
