package dev.weir.control;

import dev.weir.node.Node;
import dev.weir.protection.Protection;
import dev.weir.resilience.State;

/** Closes a circuit breaker: it lets every request through, whatever it counts. */
final class BreakerClose extends BreakerForce {

  BreakerClose(Node node, Protection protection, LocalChanges local) {
    super(State.FORCED_CLOSED, node, protection, local);
  }

  @Override
  public String op() {
    return "breaker.close";
  }
}
