package dev.weir.control;

import dev.weir.node.Node;
import dev.weir.protection.Protection;
import dev.weir.resilience.State;

/** Lets a circuit breaker neither refuse nor count. */
final class BreakerDisable extends BreakerForce {

  BreakerDisable(Node node, Protection protection, LocalChanges local) {
    super(State.DISABLED, node, protection, local);
  }

  @Override
  public String op() {
    return "breaker.disable";
  }
}
