package dev.weir.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules for paths. A path pattern starts with a slash; a segment that starts with a colon is a
 * name that captures, and an asterisk as the last segment stands for the rest. All else is literal.
 */
final class PathRules {
  /** The characters of RFC 3986, less the asterisk, and no dot segments. */
  private static final Pattern LITERAL =
      Pattern.compile("(?!:|\\.{1,2}$)[A-Za-z0-9._~!$&'()+,;=:@%-]*");

  private static final Pattern CAPTURE = Pattern.compile(":[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern TARGET = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*");
  private static final Pattern BAD_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  static final Rule PATTERN =
      Rule.of(
          "a path such as /a, /a/:id or /a/*, each :name once, * only at the end",
          PathRules::isPattern);

  static final Rule PREFIX =
      Rule.of(
          "a path such as /a, without :name, * and a slash at the end",
          text -> isPattern(text) && captures(text).isEmpty() && !text.endsWith("/"));

  static final Rule TARGET_PATH =
      Rule.of(
          "a path such as /health, with or without a query",
          text -> TARGET.matcher(text).matches() && !BAD_PERCENT.matcher(text).find());

  private PathRules() {}

  /** What a pattern captures, in order: names with their colon, and the asterisk. */
  static List<String> captures(String pattern) {
    return segments(pattern).filter(s -> s.startsWith(":") || s.equals("*")).toList();
  }

  /** Whether every path that matches the pattern starts with whole segments of the prefix. */
  static boolean startsWith(String pattern, String prefix) {
    return (pattern + "/").startsWith(prefix + "/");
  }

  private static boolean isPattern(String text) {
    List<String> captures = captures(text);
    int asterisk = captures.indexOf("*");
    return text.startsWith("/")
        && !BAD_PERCENT.matcher(text).find()
        && segments(text).allMatch(PathRules::isSegment)
        && captures.stream().distinct().count() == captures.size()
        && (asterisk < 0 || text.endsWith("/*"));
  }

  private static boolean isSegment(String segment) {
    return segment.equals("*")
        || CAPTURE.matcher(segment).matches()
        || LITERAL.matcher(segment).matches();
  }

  private static Stream<String> segments(String pattern) {
    return Stream.of(pattern.substring(Math.min(1, pattern.length())).split("/", -1));
  }
}
