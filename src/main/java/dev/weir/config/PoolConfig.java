package dev.weir.config;

/**
 * The connections to each endpoint of an upstream.
 *
 * @param minConnections how many are kept open to one endpoint on one node, shared out over its
 *     lanes and rounded up, 0 to 1000000; default 0
 * @param maxConnections how many at most for one endpoint on one node, whatever its lanes, 1 to
 *     1000000; default {@value #DEFAULT_MAX_CONNECTIONS}
 * @param maxPending how many requests of one node may wait for one of them, 0 to 1000000; default
 *     {@value #DEFAULT_MAX_PENDING}; beyond it the reply is 503
 * @param pendingTimeoutMillis how long they may wait, 1 ms to 7 days; default {@value
 *     #DEFAULT_PENDING_TIMEOUT_MILLIS}; then the reply is 503
 * @param idleTimeoutMillis how long a connection is kept without a request, 1 ms to 7 days; default
 *     {@value #DEFAULT_IDLE_TIMEOUT_MILLIS}; shorter when the endpoint says so with {@code
 *     Keep-Alive: timeout}
 * @param maxLifetimeMillis how old a connection gets before it is closed between two requests, up
 *     to a tenth less by chance, 1 ms to 7 days; default {@value #DEFAULT_MAX_LIFETIME_MILLIS}; 0
 *     is no bound
 * @param maxRequests how many requests one connection serves, 1 to 1000000000; default 0, no bound
 * @param dnsRefreshMillis how often the name of an endpoint is looked up, 1 ms to 7 days; default
 *     {@value #DEFAULT_DNS_REFRESH_MILLIS}; answers are kept for as long as they say
 */
public record PoolConfig(
    int minConnections,
    int maxConnections,
    int maxPending,
    long pendingTimeoutMillis,
    long idleTimeoutMillis,
    long maxLifetimeMillis,
    int maxRequests,
    long dnsRefreshMillis) {

  /** In connections. */
  public static final int DEFAULT_MAX_CONNECTIONS = 256;

  /** In requests. */
  public static final int DEFAULT_MAX_PENDING = 1024;

  /** 5 seconds. */
  public static final long DEFAULT_PENDING_TIMEOUT_MILLIS = 5000;

  /** One minute. */
  public static final long DEFAULT_IDLE_TIMEOUT_MILLIS = 60_000;

  /** One hour. */
  public static final long DEFAULT_MAX_LIFETIME_MILLIS = 3_600_000;

  /** 10 seconds. */
  public static final long DEFAULT_DNS_REFRESH_MILLIS = 10_000;

  private static final int MOST = 1_000_000;
  private static final int MOST_REQUESTS = 1_000_000_000;

  static PoolConfig read(ObjectReader r) {
    PoolConfig read =
        new PoolConfig(
            r.optional("minConnections", 0, Shape.integer(0, MOST)),
            r.optional("maxConnections", DEFAULT_MAX_CONNECTIONS, Shape.integer(1, MOST)),
            r.optional("maxPending", DEFAULT_MAX_PENDING, Shape.integer(0, MOST)),
            r.optional("pendingTimeoutMillis", DEFAULT_PENDING_TIMEOUT_MILLIS, Common.MILLIS),
            r.optional("idleTimeoutMillis", DEFAULT_IDLE_TIMEOUT_MILLIS, Common.MILLIS),
            r.optional("maxLifetimeMillis", DEFAULT_MAX_LIFETIME_MILLIS, Common.MILLIS_OR_ZERO),
            r.optional("maxRequests", 0, Shape.integer(0, MOST_REQUESTS)),
            r.optional("dnsRefreshMillis", DEFAULT_DNS_REFRESH_MILLIS, Common.MILLIS));
    if (read.maxConnections > 0 && read.minConnections > read.maxConnections) {
      r.problem("minConnections", "an integer up to maxConnections");
    }
    return read;
  }
}
