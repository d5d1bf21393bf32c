package dev.weir.node;

/** Where a node is between its start and its end. Any thread may use it. */
final class Lifecycle {

  private enum Phase {
    STARTING,
    READY,
    DRAINING,
    STOPPING
  }

  private volatile Phase phase = Phase.STARTING;
  private boolean complete; // Guarded by this

  /** Everything that was asked for is deployed; a drain that came before stays. */
  synchronized void started() {
    complete = true;
    if (phase == Phase.STARTING) {
      phase = Phase.READY;
    }
  }

  /** Returns whether that is new. */
  synchronized boolean drain() {
    boolean changed = !draining();
    if (changed) {
      phase = Phase.DRAINING;
    }
    return changed;
  }

  /** Takes {@link #drain} back, unless the node stops. Returns whether it had drained. */
  synchronized boolean resume() {
    boolean changed = phase == Phase.DRAINING;
    if (changed) {
      phase = complete ? Phase.READY : Phase.STARTING;
    }
    return changed;
  }

  /** It drains, and never resumes. */
  synchronized void stop() {
    phase = Phase.STOPPING;
  }

  boolean starting() {
    return phase == Phase.STARTING;
  }

  boolean ready() {
    return phase == Phase.READY;
  }

  boolean stopping() {
    return phase == Phase.STOPPING;
  }

  boolean draining() {
    Phase now = phase;
    return now == Phase.DRAINING || now == Phase.STOPPING;
  }
}
