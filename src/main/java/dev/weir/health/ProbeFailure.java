package dev.weir.health;

import io.vertx.core.Future;
import io.vertx.core.VertxException;

/** How a probe fails that got an answer. */
final class ProbeFailure {

  private ProbeFailure() {}

  /**
   * @param found what came, for people
   * @param expected what should have come
   */
  static <T> Future<T> of(String found, String expected) {
    String message = found + " (expected: " + expected + ")";
    return Future.failedFuture(new VertxException(message, true));
  }
}
