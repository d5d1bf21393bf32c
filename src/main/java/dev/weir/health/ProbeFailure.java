package dev.weir.health;

import io.vertx.core.Future;
import io.vertx.core.VertxException;

/** A probe that got an answer, but not the right one. */
final class ProbeFailure extends VertxException {

  private static final long serialVersionUID = 1;

  private ProbeFailure(String message) {
    super(message, true);
  }

  /**
   * @param found what came, for people
   * @param expected what should have come
   */
  static <T> Future<T> of(String found, String expected) {
    return Future.failedFuture(new ProbeFailure(found + " (expected: " + expected + ")"));
  }
}
