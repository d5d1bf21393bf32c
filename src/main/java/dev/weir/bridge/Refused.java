package dev.weir.bridge;

import io.vertx.core.VertxException;

/** A frame that is not carried out; the connection goes on. */
final class Refused extends VertxException {

  private final transient Trouble trouble;

  Refused(Trouble trouble) {
    super(trouble.word(), true);
    this.trouble = trouble;
  }

  Trouble trouble() {
    return trouble;
  }
}
