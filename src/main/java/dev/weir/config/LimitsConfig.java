package dev.weir.config;

/**
 * How much of an upstream's traffic one node lets through at once; what is beyond it is answered
 * 503 at once. 0 is no bound. The connections to each endpoint, and what waits for them, are
 * bounded by the pool.
 *
 * @param maxConnections connections to all endpoints together, 0 to 1000000; default 0
 * @param maxRequests attempts in flight at all endpoints together, 0 to 1000000; default 0
 * @param maxPending attempts that wait for a connection to any endpoint, 0 to 1000000; default 0
 * @param maxRetries retries under way, whatever the budget allows, 0 to 1000000; default 0
 * @param endpointMaxRequests attempts in flight at one endpoint, 0 to 1000000; default 0
 * @param endpointMaxRetries those of them that are not the first of their exchange, 0 to 1000000;
 *     default 0
 */
public record LimitsConfig(
    int maxConnections,
    int maxRequests,
    int maxPending,
    int maxRetries,
    int endpointMaxRequests,
    int endpointMaxRetries) {

  private static final Shape<Integer> LIMIT = Shape.integer(0, 1_000_000);

  static LimitsConfig read(ObjectReader r) {
    return new LimitsConfig(
        r.optional("maxConnections", 0, LIMIT),
        r.optional("maxRequests", 0, LIMIT),
        r.optional("maxPending", 0, LIMIT),
        r.optional("maxRetries", 0, LIMIT),
        r.optional("endpointMaxRequests", 0, LIMIT),
        r.optional("endpointMaxRetries", 0, LIMIT));
  }
}
