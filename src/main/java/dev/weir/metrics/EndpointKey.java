package dev.weir.metrics;

/** Names an endpoint among all of the node: the same address may serve two upstreams. */
record EndpointKey(String upstream, String endpoint) {

  // Written out: a record's own are linked when they are first used, which a start would wait for.

  @Override
  public boolean equals(Object other) {
    return other instanceof EndpointKey key
        && upstream.equals(key.upstream)
        && endpoint.equals(key.endpoint);
  }

  @Override
  public int hashCode() {
    return 31 * upstream.hashCode() + endpoint.hashCode();
  }
}
