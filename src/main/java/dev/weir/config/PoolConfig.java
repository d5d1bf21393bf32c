package dev.weir.config;

/**
 * The connections to each endpoint of an upstream.
 *
 * @param maxConnections how many at most for one endpoint on one node, shared out over its lanes, 1
 *     to 1000000; default {@value #DEFAULT_MAX_CONNECTIONS}
 * @param maxPending how many requests may wait for one of them, 0 to 1000000; default {@value
 *     #DEFAULT_MAX_PENDING}; beyond it the reply is 503
 * @param pendingTimeoutMillis how long they may wait, 1 ms to 7 days; default {@value
 *     #DEFAULT_PENDING_TIMEOUT_MILLIS}; then the reply is 503
 * @param idleTimeoutMillis how long a connection is kept without a request, 1 ms to 7 days; default
 *     {@value #DEFAULT_IDLE_TIMEOUT_MILLIS}
 */
public record PoolConfig(
    int maxConnections, int maxPending, long pendingTimeoutMillis, long idleTimeoutMillis) {

  /** In connections. */
  public static final int DEFAULT_MAX_CONNECTIONS = 256;

  /** In requests. */
  public static final int DEFAULT_MAX_PENDING = 1024;

  /** 5 seconds. */
  public static final long DEFAULT_PENDING_TIMEOUT_MILLIS = 5000;

  /** One minute. */
  public static final long DEFAULT_IDLE_TIMEOUT_MILLIS = 60_000;

  private static final int MOST = 1_000_000;

  static PoolConfig read(ObjectReader r) {
    return new PoolConfig(
        r.optional("maxConnections", DEFAULT_MAX_CONNECTIONS, Shape.integer(1, MOST)),
        r.optional("maxPending", DEFAULT_MAX_PENDING, Shape.integer(0, MOST)),
        r.optional("pendingTimeoutMillis", DEFAULT_PENDING_TIMEOUT_MILLIS, Common.MILLIS),
        r.optional("idleTimeoutMillis", DEFAULT_IDLE_TIMEOUT_MILLIS, Common.MILLIS));
  }
}
