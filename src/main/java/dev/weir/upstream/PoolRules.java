package dev.weir.upstream;

import dev.weir.config.PoolConfig;
import dev.weir.config.UpstreamConfig;
import java.util.concurrent.TimeUnit;

/**
 * What a pool keeps to, in the units that it reckons in.
 *
 * @param minOpen how many connections the lane keeps open
 * @param maxOpen how many the node may have
 * @param maxWhole how many it may have to all endpoints of the upstream; 0 for any number
 * @param pendingNanos how long an attempt may wait for one
 * @param idleNanos how long a connection is kept without a request
 * @param lifetimeNanos how old one gets; 0 for any age
 * @param maxRequests how many requests one serves; 0 for any number
 * @param connectMillis how long connecting may take
 * @param dnsRefreshNanos how often names are looked up
 */
record PoolRules(
    int minOpen,
    int maxOpen,
    int maxWhole,
    long pendingNanos,
    long idleNanos,
    long lifetimeNanos,
    int maxRequests,
    long connectMillis,
    long dnsRefreshNanos) {

  /**
   * The rules for one lane.
   *
   * @param lanes how many share the minimum
   */
  static PoolRules of(UpstreamConfig config, int lanes) {
    PoolConfig pool = config.pool();
    return new PoolRules(
        (pool.minConnections() + lanes - 1) / lanes,
        pool.maxConnections(),
        config.limits().maxConnections(),
        TimeUnit.MILLISECONDS.toNanos(pool.pendingTimeoutMillis()),
        TimeUnit.MILLISECONDS.toNanos(pool.idleTimeoutMillis()),
        TimeUnit.MILLISECONDS.toNanos(pool.maxLifetimeMillis()),
        pool.maxRequests(),
        config.timeouts().connectMillis(),
        TimeUnit.MILLISECONDS.toNanos(pool.dnsRefreshMillis()));
  }
}
