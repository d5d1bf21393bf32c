package dev.weir.config;

/**
 * One thing that is wrong with a configuration or a command.
 *
 * @param pointer where it is: a JSON pointer (RFC 6901), empty for the whole document
 * @param value the offending value as JSON text, cut when long, or a word such as {@code missing}
 * @param expected what would have been right
 */
public record Problem(String pointer, String value, String expected) {

  /** For example {@code /ingress/0/port: 70000 (expected: an integer from 0 to 65535)}. */
  @Override
  public String toString() {
    String place = pointer.isEmpty() ? "" : pointer + ": ";
    return place + value + " (expected: " + expected + ")";
  }
}
