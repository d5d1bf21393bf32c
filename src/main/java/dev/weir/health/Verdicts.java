package dev.weir.health;

import dev.weir.node.Endpoint;

/** Hears what became of an endpoint. */
@FunctionalInterface
interface Verdicts {

  /**
   * @param up whether the endpoint works from now on; it may have done so before
   * @param reason why, for people
   */
  void accept(Endpoint endpoint, boolean up, String reason);

  /** Whether what is said of an endpoint is what probes of this node have found. */
  default void proven(Endpoint endpoint, boolean proven) {}

  /** An endpoint that works calls itself degraded, or no longer; it may have done so before. */
  default void degraded(Endpoint endpoint, boolean degraded) {}

  /** A probe of an endpoint succeeded that traffic is watched for as well. */
  default void confirmed(Endpoint endpoint) {}
}
