package dev.weir.node;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/** The ports that were bound; they differ from the configuration where that says 0. */
public final class Ports {

  private final AtomicIntegerArray listeners;
  private volatile int admin;
  private volatile int bridge;

  Ports(int listeners) {
    this.listeners = new AtomicIntegerArray(listeners);
  }

  /** Those of the listeners, in the order of the configuration; 0 when unbound. */
  public List<Integer> listeners() {
    return IntStream.range(0, listeners.length()).map(listeners::get).boxed().toList();
  }

  public void listener(int listener, int port) {
    listeners.set(listener, port);
  }

  /** That of the admin side; 0 when it is off. */
  public int admin() {
    return admin;
  }

  public void admin(int port) {
    admin = port;
  }

  /** That of the bridge; 0 when it is off. */
  public int bridge() {
    return bridge;
  }

  public void bridge(int port) {
    bridge = port;
  }
}
