/**
 * Picks the endpoint for an exchange.
 *
 * <p>{@link dev.weir.balancer.BalancerVerticle} keeps one immutable {@link
 * dev.weir.balancer.UpstreamView} for each upstream, replaced whole when the configuration or the
 * health of an endpoint changes. A view holds a {@link dev.weir.balancer.policy.Selector} that was
 * built for just the endpoints that may be used, so that a pick neither filters nor sorts.
 */
package dev.weir.balancer;
