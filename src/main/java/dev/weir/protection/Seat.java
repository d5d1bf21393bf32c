package dev.weir.protection;

import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.resilience.CircuitBreaker;
import dev.weir.resilience.State;

/** An endpoint behind its breaker, and why it is out, if it is. */
final class Seat {

  private final Node node;
  private final Endpoint endpoint;
  private CircuitBreaker breaker;
  private boolean ejected; // Guarded by this
  private boolean refused; // Guarded by this

  Seat(Node node, Endpoint endpoint) {
    this.node = node;
    this.endpoint = endpoint;
  }

  void breaker(CircuitBreaker breaker) {
    this.breaker = breaker;
  }

  /** The endpoint's own breaker; {@code null} when it has none. */
  CircuitBreaker breaker() {
    return breaker;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** The detector has ejected it, or lets it return. */
  synchronized void ejected(boolean out) {
    ejected = out;
    node.eject(endpoint, ejected || refused);
  }

  /** Its breaker has changed: out while that refuses all calls. Of two changes the later counts. */
  synchronized void changed() {
    State state = breaker.state();
    refused = state == State.OPEN || state == State.FORCED_OPEN;
    node.eject(endpoint, ejected || refused);
  }

  /** Nobody watches it any longer. */
  synchronized void free() {
    ejected = false;
    refused = false;
    node.eject(endpoint, false);
  }
}
