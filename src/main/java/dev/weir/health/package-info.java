/**
 * Finds out which endpoints work.
 *
 * <p>Starting points: {@link dev.weir.health.HealthVerticle} probes, {@link
 * dev.weir.health.RiseFall} decides. Everything in this package runs on the event loop of its
 * verticle; what the probes find reaches the other roles through {@link
 * dev.weir.node.EndpointStates}.
 *
 * <h2>The life of a probe</h2>
 *
 * {@link dev.weir.health.Schedule} says when, {@link dev.weir.health.Prober} starts the {@link
 * dev.weir.health.Probe} and its deadline, whichever ends first is the result, {@link
 * dev.weir.health.RiseFall} counts it, and only when the state flips does anybody hear of it.
 *
 * <p>In a cluster {@link dev.weir.health.Watch} does not probe everything: {@link
 * dev.weir.health.Stance} says what a node does about an endpoint that it shares with others, who
 * say what they see through {@link dev.weir.cluster.Mesh}.
 */
package dev.weir.health;
