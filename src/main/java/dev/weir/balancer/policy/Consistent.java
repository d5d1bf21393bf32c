package dev.weir.balancer.policy;

/**
 * A table that gives equal hashes the same member, and most hashes the same member as before when a
 * member comes or goes.
 */
@FunctionalInterface
interface Consistent {

  /** The position of the member for a hash, which is spread over all its bits. */
  int member(long hash);

  /** Selects by the key alone. */
  static Selector selector(Consistent table) {
    return key -> table.member(Hashing.mix(key));
  }
}
