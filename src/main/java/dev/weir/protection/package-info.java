/**
 * Circuit breakers and the ejection of endpoints at work in this node.
 *
 * <p>Starting point: {@link dev.weir.protection.Protection}, one a node, has a {@link
 * dev.weir.protection.Guard} for every upstream that wants one. The balancer asks it for leave
 * before it picks, and puts the {@link dev.weir.resilience.Trial} on the exchange; the upstream
 * client takes it and tells it how the attempt went. Nothing of that crosses the bus: breakers and
 * runs of bad results are atomics of the node, rates are counted by each lane and summed up on its
 * tick. What changes is published.
 *
 * <p>In a cluster an ejection is a word that others may follow, and {@link
 * dev.weir.protection.ClusterTrials} lets one node try for all whether a breaker may close.
 */
package dev.weir.protection;
