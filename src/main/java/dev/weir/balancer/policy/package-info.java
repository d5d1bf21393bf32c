/**
 * The balancing algorithms. A {@link dev.weir.balancer.policy.Policy} is a stateless factory, a
 * {@link dev.weir.balancer.policy.Selector} is its state over one view. Nothing here knows Vert.x.
 */
package dev.weir.balancer.policy;
