package dev.weir.config;

import java.util.Set;

/**
 * One address that the gateway listens on, and what a client may ask of it.
 *
 * @param host the address to bind; default {@value #DEFAULT_HOST}, which is every IPv4 address
 * @param port 0 to 65535; 0 takes a free one; required
 * @param backlog connections that wait to be accepted, 1 to 65535; default {@value
 *     #DEFAULT_BACKLOG}
 * @param maxHeaderBytes the size of all headers of a request, 1 KiB to 1 MiB; default {@value
 *     #DEFAULT_MAX_HEADER_BYTES}; beyond it the reply is 431
 * @param maxInitialLineBytes the size of the request line, 128 bytes to 1 MiB; default {@value
 *     #DEFAULT_MAX_INITIAL_LINE_BYTES}; beyond it the reply is 414
 * @param maxHeaderCount the number of headers of a request, 1 to 10000; default {@value
 *     #DEFAULT_MAX_HEADER_COUNT}; beyond it the reply is 431
 * @param headerTimeoutMillis from the first byte of a request to the end of its headers, 1 ms to 7
 *     days; default {@value #DEFAULT_HEADER_TIMEOUT_MILLIS}; then the reply is 408
 * @param bodyTimeoutMillis how long no byte of a request body may come, 1 ms to 7 days; default
 *     {@value #DEFAULT_BODY_TIMEOUT_MILLIS}; then the reply is 408
 * @param idleTimeoutMillis how long a connection stays open without a request, 1 ms to 7 days;
 *     default {@value #DEFAULT_IDLE_TIMEOUT_MILLIS}
 * @param maxRequestBytes the size of a request body, up to 1 PiB; default {@value
 *     #DEFAULT_MAX_REQUEST_BYTES}, which is no bound; beyond it the reply is 413
 * @param minBytesPerSecond how fast a client must send a body or take a response, up to 1 GiB;
 *     default 0, which is no bound; then the reply is 408, or the connection closes when a response
 *     has begun
 * @param rateWindowMillis over how long that is measured, counting only the time in which the
 *     client was waited for, 1 ms to 7 days; default {@value #DEFAULT_RATE_WINDOW_MILLIS}
 */
public record ListenerConfig(
    String host,
    int port,
    int backlog,
    int maxHeaderBytes,
    int maxInitialLineBytes,
    int maxHeaderCount,
    long headerTimeoutMillis,
    long bodyTimeoutMillis,
    long idleTimeoutMillis,
    long maxRequestBytes,
    long minBytesPerSecond,
    long rateWindowMillis) {

  /** Every IPv4 address of the machine. */
  public static final String DEFAULT_HOST = "0.0.0.0";

  /** In connections. */
  public static final int DEFAULT_BACKLOG = 1024;

  /** 16 KiB. */
  public static final int DEFAULT_MAX_HEADER_BYTES = 16_384;

  /** 8 KiB. */
  public static final int DEFAULT_MAX_INITIAL_LINE_BYTES = 8192;

  /** In headers. */
  public static final int DEFAULT_MAX_HEADER_COUNT = 100;

  /** 10 seconds. */
  public static final long DEFAULT_HEADER_TIMEOUT_MILLIS = 10_000;

  /** 30 seconds. */
  public static final long DEFAULT_BODY_TIMEOUT_MILLIS = 30_000;

  /** 75 seconds. */
  public static final long DEFAULT_IDLE_TIMEOUT_MILLIS = 75_000;

  /** 0: no bound. */
  public static final long DEFAULT_MAX_REQUEST_BYTES = 0;

  /** 10 seconds. */
  public static final long DEFAULT_RATE_WINDOW_MILLIS = 10_000;

  /**
   * @param sockets the host:port of other listeners; takes this one in
   */
  static ListenerConfig read(ObjectReader r, Set<String> sockets) {
    ListenerConfig read =
        new ListenerConfig(
            r.optional("host", DEFAULT_HOST, Common.HOST),
            r.required("port", Common.LISTEN_PORT),
            r.optional("backlog", DEFAULT_BACKLOG, Shape.integer(1, 0xffff)),
            r.optional("maxHeaderBytes", DEFAULT_MAX_HEADER_BYTES, Shape.integer(1024, 1 << 20)),
            r.optional(
                "maxInitialLineBytes", DEFAULT_MAX_INITIAL_LINE_BYTES, Shape.integer(128, 1 << 20)),
            r.optional("maxHeaderCount", DEFAULT_MAX_HEADER_COUNT, Shape.integer(1, 10_000)),
            r.optional("headerTimeoutMillis", DEFAULT_HEADER_TIMEOUT_MILLIS, Common.MILLIS),
            r.optional("bodyTimeoutMillis", DEFAULT_BODY_TIMEOUT_MILLIS, Common.MILLIS),
            r.optional("idleTimeoutMillis", DEFAULT_IDLE_TIMEOUT_MILLIS, Common.MILLIS),
            r.optional("maxRequestBytes", DEFAULT_MAX_REQUEST_BYTES, Shape.whole(0, 1L << 50)),
            r.optional("minBytesPerSecond", 0L, Common.RATE),
            r.optional("rateWindowMillis", DEFAULT_RATE_WINDOW_MILLIS, Common.MILLIS));
    Common.checkSocket(r, read.host, read.port, sockets);
    return read;
  }
}
