package dev.weir.protection;

import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.resilience.CircuitBreaker;
import dev.weir.resilience.Observer;
import dev.weir.resilience.State;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An endpoint behind its breaker, what traffic sees of it, and why it is out, if it is. */
final class Seat {

  private final Node node;
  private final Endpoint endpoint;
  private final List<Observer> observers = new CopyOnWriteArrayList<>();
  private volatile CircuitBreaker breaker; // null when it has none
  private boolean ejected; // Guarded by this
  private boolean refused; // Guarded by this
  private long requests; // Guarded by this
  private long failures; // Guarded by this

  Seat(Node node, Endpoint endpoint) {
    this.node = node;
    this.endpoint = endpoint;
  }

  /** From now on it has another breaker, or none. */
  synchronized void breaker(CircuitBreaker breaker) {
    this.breaker = breaker;
    changed();
  }

  /** The endpoint's own; {@code null} when it has none. */
  CircuitBreaker breaker() {
    return breaker;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** One more lane tells what it sees of it. */
  Observer watch(Observer observer) {
    observers.add(observer);
    return observer;
  }

  /** What traffic has seen of it since the last time; {@code null} for nothing. */
  synchronized Observation observed() {
    long requestsBefore = requests;
    long failuresBefore = failures;
    requests = observers.stream().mapToLong(Observer::requests).sum();
    failures = observers.stream().mapToLong(Observer::failures).sum();
    return requests == requestsBefore
        ? null
        : new Observation(
            endpoint.upstream(),
            endpoint.id(),
            requests - requestsBefore,
            Math.max(0, failures - failuresBefore));
  }

  /** The detector has ejected it, or lets it return. */
  synchronized void ejected(boolean out) {
    ejected = out;
    node.states().eject(endpoint, ejected || refused);
  }

  /** Its breaker has changed: out while that refuses all calls. Of two changes the later counts. */
  synchronized void changed() {
    State state = breaker == null ? State.CLOSED : breaker.state();
    refused = state == State.OPEN || state == State.FORCED_OPEN;
    node.states().eject(endpoint, ejected || refused);
  }

  /** Lanes tell nobody any longer what they see of it. */
  synchronized void unwatch() {
    observers.clear();
    requests = 0;
    failures = 0;
  }
}
