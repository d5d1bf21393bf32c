package dev.weir.control;

import dev.weir.node.Node;
import dev.weir.protection.Protection;
import dev.weir.resilience.State;

/** Lets a circuit breaker begin anew, closed and by its own rules. */
final class BreakerReset extends BreakerForce {

  BreakerReset(Node node, Protection protection, LocalChanges local) {
    super(State.CLOSED, node, protection, local);
  }

  @Override
  public String op() {
    return "breaker.reset";
  }
}
