package dev.weir.it;

import io.vertx.core.Vertx;

/** Two clustered Vert.x nodes on the loopback interface for the two halves of one gateway. */
final class Apart {
  private static final Apart INSTANCE = new Apart();

  private final Vertx front;
  private final Vertx behind;

  private Apart() {
    Loopback loopback = new Loopback(2);
    front = loopback.start(0);
    behind = loopback.start(1);
  }

  /** The node that clients connect to. */
  static Vertx front() {
    return INSTANCE.front;
  }

  /** The node that has a way to the services. */
  static Vertx behind() {
    return INSTANCE.behind;
  }
}
