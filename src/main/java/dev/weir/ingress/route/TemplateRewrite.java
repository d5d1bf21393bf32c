package dev.weir.ingress.route;

import java.util.ArrayList;
import java.util.List;

/** Fills a template with what the pattern of a route captures. */
final class TemplateRewrite implements PathRewrite {

  /**
   * A piece of the new path: a fixed text, and behind it a part of the old path.
   *
   * @param segment the segment of the old path, from 0, or {@link #NO_SEGMENT}
   */
  private record Piece(String text, int segment) {}

  private static final int NO_SEGMENT = -1;

  private final List<Piece> pieces;

  /**
   * How many segments of the old path stand before the rest, or {@link #NO_SEGMENT} for no rest.
   */
  private final int rest;

  private TemplateRewrite(List<Piece> pieces, int rest) {
    this.pieces = pieces;
    this.rest = rest;
  }

  static PathRewrite of(String pattern, String template) {
    PathPattern from = PathPattern.of(pattern);
    PathPattern to = PathPattern.of(template);
    require(from.open() || !to.open(), "*", pattern);
    int rest = to.open() ? from.segments().size() : NO_SEGMENT;
    return new TemplateRewrite(pieces(pattern, from.segments(), to.segments()), rest);
  }

  private static List<Piece> pieces(String pattern, List<String> from, List<String> to) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String segment : to) {
      text.append('/');
      if (PathPattern.captures(segment)) {
        require(from.contains(segment), segment, pattern);
        pieces.add(new Piece(text.toString(), from.indexOf(segment)));
        text.setLength(0);
      } else {
        text.append(segment);
      }
    }
    pieces.add(new Piece(text.toString(), NO_SEGMENT));
    return pieces;
  }

  private static void require(boolean captured, String what, String pattern) {
    if (!captured) {
      throw new IllegalArgumentException(
          "rewrite: " + what + " (expected: what " + pattern + " captures)");
    }
  }

  @Override
  public String apply(String path) {
    if (!path.startsWith("/")) {
      return path;
    }
    StringBuilder result = new StringBuilder(2 * path.length());
    for (Piece piece : pieces) {
      result.append(piece.text);
      if (piece.segment != NO_SEGMENT) {
        int slash = slashBefore(path, piece.segment);
        result.append(path, slash + 1, slashBehind(path, slash));
      }
    }
    if (rest != NO_SEGMENT) {
      result.append(path, slashBefore(path, rest), path.length());
    }
    return result.isEmpty() ? "/" : result.toString();
  }

  /** The position of the slash before a segment, or the length of the path when there is none. */
  private static int slashBefore(String path, int segment) {
    int slash = 0;
    for (int i = 0; i < segment; i++) {
      slash = slashBehind(path, slash);
    }
    return slash;
  }

  private static int slashBehind(String path, int slash) {
    int next = path.indexOf('/', slash + 1);
    return next < 0 ? path.length() : next;
  }
}
