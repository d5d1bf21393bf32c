package dev.weir.config;

import java.math.BigDecimal;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts variables into strings: <code>${NAME}</code> and <code>${NAME:default}</code>.
 *
 * <p>A name is letters, digits and underscores. A default ends at the first closing brace and may
 * be empty; it counts when the variable is not set (set to nothing is set). <code>$${</code> stands
 * for a literal <code>${</code>. What a variable holds is not looked into again.
 */
final class Interpolation {
  /** Leaves every string as it is. */
  static final Interpolation NONE = new Interpolation(null);

  /** For schemas: found in every text with a variable. */
  static final String PATTERN = "\\$\\{";

  private static final Pattern TOKEN =
      Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?})?");
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

  private final Function<String, String> variables;

  /**
   * @param variables the value of a name, or null when it is not set
   */
  Interpolation(Function<String, String> variables) {
    this.variables = variables;
  }

  /** Makes a string come out of {@link #resolve} as it is. */
  static String escape(String text) {
    return text.replace("${", "$${");
  }

  String resolve(String text) {
    if (variables == null || !text.contains("${")) {
      return text;
    }
    return TOKEN.matcher(text).replaceAll(m -> Matcher.quoteReplacement(replacement(m)));
  }

  /** A number or a boolean where the text is wholly one variable that holds such; else the text. */
  Object literal(String text) {
    Matcher token = TOKEN.matcher(text);
    boolean wholly = variables != null && token.matches() && token.group(1) != null;
    return wholly ? parse(resolve(text)) : text;
  }

  private String replacement(MatchResult token) {
    if (token.group().equals("$${")) {
      return "${";
    }
    String name = token.group(1);
    if (name == null) {
      throw new UnfitException("${NAME} or ${NAME:default}; write $${ for a literal ${");
    }
    String value = variables.apply(name);
    if (value == null && token.group(2) == null) {
      throw new UnfitException("the variable " + name + " to be set, or ${" + name + ":default}");
    }
    return value == null ? token.group(2) : value;
  }

  private static Object parse(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    return NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
  }
}
