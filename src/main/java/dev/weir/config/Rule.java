package dev.weir.config;

import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a text must be.
 *
 * @param expected the rule in words, such as {@code a header name}
 * @param pattern what the schema says, for texts with variables too, or null where it says nothing
 * @param test whether a text keeps to the rule
 */
record Rule(String expected, String pattern, Predicate<String> test) {

  static Rule of(String expected, Predicate<String> test) {
    return new Rule(expected, null, test);
  }

  /**
   * @param regex what the whole text must match, in the dialect that Java and ECMAScript share
   */
  static Rule matching(String expected, String regex) {
    String pattern = "^" + regex + "$|" + Interpolation.PATTERN;
    return new Rule(expected, pattern, Pattern.compile(regex).asMatchPredicate());
  }

  JsonObject schema() {
    JsonObject schema = JsonObject.of("type", "string");
    return pattern == null ? schema : schema.put("pattern", pattern);
  }
}
