package dev.weir.config;

import io.vertx.core.VertxException;

/** Says what was expected of the value at hand; {@link Shape} turns it into a {@link Problem}. */
final class UnfitException extends VertxException {

  UnfitException(String expected) {
    super(expected, true);
  }
}
