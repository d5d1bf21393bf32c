package dev.weir.balancer.policy;

import dev.weir.node.Load;

/** Of two members drawn by weight, the one with fewer requests in flight for its weight. */
final class LeastRequest extends TwoChoices {

  private final int[] weights;
  private final Load[] loads;

  LeastRequest(Members members, Setting setting) {
    super(members, setting);
    weights = members.weights();
    loads = members.loads();
  }

  /** On equal terms the first draw stays, so that idle members share by weight. */
  @Override
  boolean isBetter(int one, int other) {
    return (long) loads[one].inFlight() * weights[other]
        < (long) loads[other].inFlight() * weights[one];
  }
}
