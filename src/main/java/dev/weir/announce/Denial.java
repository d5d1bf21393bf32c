package dev.weir.announce;

import io.vertx.core.VertxException;

/** An announcement that is not accepted; nothing has changed. */
public final class Denial extends VertxException {

  /** The upstream is not there, or services may not announce themselves for it. */
  static final String NOT_FOUND = "not-found";

  /** The upstream does not take it so. */
  static final String FORBIDDEN = "forbidden";

  /** The configuration has this endpoint already. */
  static final String EXISTS = "exists";

  /** There are too many, endpoints or announcements. */
  static final String LIMIT = "limit";

  private final String code;
  private final String path;

  /**
   * @param path the JSON pointer of the field at fault, empty for the announcement as a whole
   */
  Denial(String code, String message, String path) {
    super(message, true);
    this.code = code;
    this.path = path;
  }

  /** Says to programs why. */
  public String code() {
    return code;
  }

  /** The JSON pointer of the field at fault, empty for the announcement as a whole. */
  public String path() {
    return path;
  }
}
