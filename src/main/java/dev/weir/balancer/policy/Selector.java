package dev.weir.balancer.policy;

/** The state of a policy over one view. Used by one thread. */
public interface Selector {

  /** What {@link #next()} returns when there is nothing to select. */
  int NONE = -1;

  /** The position of the next endpoint in the weights that the selector was built from, or -1. */
  int next();
}
