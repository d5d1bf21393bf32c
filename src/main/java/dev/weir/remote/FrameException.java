package dev.weir.remote;

import io.vertx.core.VertxException;

/** What has come is not what may come; the message says how. */
final class FrameException extends VertxException {

  private static final long serialVersionUID = 1;

  FrameException(String message) {
    super(message, true);
  }
}
