package dev.weir.balancer.policy;

/** A balancing algorithm with its options; stateless. */
@FunctionalInterface
public interface Policy {

  /** Builds the state over one set of members. */
  Selector selector(Members members, Setting setting);
}
