package dev.weir.node;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/** The ports that were bound; they differ from the configuration where that says 0. */
final class Ports {

  private final AtomicIntegerArray listeners;
  private volatile int admin;
  private volatile int bridge;

  Ports(int listeners) {
    this.listeners = new AtomicIntegerArray(listeners);
  }

  List<Integer> listeners() {
    return IntStream.range(0, listeners.length()).map(listeners::get).boxed().toList();
  }

  void listener(int listener, int port) {
    listeners.set(listener, port);
  }

  int admin() {
    return admin;
  }

  void admin(int port) {
    admin = port;
  }

  int bridge() {
    return bridge;
  }

  void bridge(int port) {
    bridge = port;
  }
}
