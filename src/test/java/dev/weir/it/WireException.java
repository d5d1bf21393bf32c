package dev.weir.it;

import java.io.IOException;

/** The other side wrote something that RFC 9112 forbids. */
final class WireException extends IOException {
  private static final long serialVersionUID = 1L;

  WireException(String message) {
    super(message);
  }
}
