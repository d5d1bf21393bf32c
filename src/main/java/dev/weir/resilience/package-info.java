/**
 * When to leave alone what fails: circuit breakers and the ejection of endpoints. Nothing here
 * knows Vert.x, reads a clock or waits.
 *
 * <p>Starting points: {@link dev.weir.resilience.CircuitBreaker} stands before an upstream or an
 * endpoint, one for all lanes of a node; {@link dev.weir.resilience.OutlierDetector} compares the
 * endpoints of an upstream. {@code dev.weir.protection} has them work in the gateway.
 */
package dev.weir.resilience;
