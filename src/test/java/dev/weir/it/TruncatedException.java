package dev.weir.it;

import java.io.IOException;

/** The connection ended inside a message: what a reader must see when a body is not whole. */
final class TruncatedException extends IOException {
  private static final long serialVersionUID = 1L;

  TruncatedException(String where) {
    super("connection ended inside " + where);
  }

  TruncatedException(String where, IOException cause) {
    super("connection broke inside " + where, cause);
  }
}
