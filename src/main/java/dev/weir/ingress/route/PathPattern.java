package dev.weir.ingress.route;

import java.util.List;

/**
 * A path pattern in its parts.
 *
 * @param segments the segments, a captured one with its colon; without the asterisk
 * @param open whether the pattern ends with an asterisk
 */
record PathPattern(List<String> segments, boolean open) {

  private static final String REST = "/*";

  /**
   * Takes a pattern apart.
   *
   * @param text such as {@code /a}, {@code /a/:id} or <code>/a/*</code>
   */
  static PathPattern of(String text) {
    boolean open = text.endsWith(REST);
    String closed = open ? text.substring(0, text.length() - REST.length()) : text;
    List<String> segments =
        closed.isEmpty() ? List.of() : List.of(closed.substring(1).split("/", -1));
    return new PathPattern(segments, open);
  }

  static boolean captures(String segment) {
    return segment.startsWith(":");
  }
}
