package dev.weir.metrics;

/** Names an endpoint among all of the node: the same address may serve two upstreams. */
record EndpointKey(String upstream, String endpoint) {}
