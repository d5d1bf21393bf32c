package dev.weir.control;

import dev.weir.node.Node;
import dev.weir.protection.Protection;
import dev.weir.resilience.State;

/** Opens a circuit breaker: it lets no request through until it is told otherwise. */
final class BreakerOpen extends BreakerForce {

  BreakerOpen(Node node, Protection protection, LocalChanges local) {
    super(State.FORCED_OPEN, node, protection, local);
  }

  @Override
  public String op() {
    return "breaker.open";
  }
}
