package dev.weir.balancer.policy;

/**
 * The state of a policy over one view. Used by one thread. A selection neither allocates nor
 * blocks.
 */
@FunctionalInterface
public interface Selector {

  /** The position of no member. */
  int NONE = -1;

  /**
   * The position of the next member.
   *
   * @param key what a policy that hashes goes by: the same key selects the same member; for other
   *     policies without meaning
   * @return a position in {@link Members}
   */
  int select(long key);
}
