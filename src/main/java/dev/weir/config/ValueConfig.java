package dev.weir.config;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a value inside a body must be. Bodies with such rules are looked into as with {@code
 * validate}.
 *
 * @param at where the value stands, a JSON pointer (RFC 6901): in JSON {@code /order/items/0/id};
 *     of a form {@code /field}; of a part of a multipart body {@code /part/header-name}, the name
 *     in lower case; required
 * @param required whether it must be there; default false
 * @param matches a regular expression for the whole of the value, which is a text, a number, a
 *     boolean or null then and no longer than {@value #MAX_LENGTH} characters; default null, which
 *     is anything
 */
public record ValueConfig(String at, boolean required, String matches) {

  /** In characters. */
  public static final int MAX_LENGTH = 4096;

  private static final Predicate<String> IS_POINTER =
      Pattern.compile("(/([^~/]|~[01])*)+").asMatchPredicate();
  private static final Shape<String> POINTER =
      Shape.text(Rule.of("a JSON pointer, such as /user/name", IS_POINTER));
  private static final Shape<String> REGEX =
      Shape.text(Rule.of("a regular expression", ValueConfig::isRegex));

  static final Shape<List<ValueConfig>> LIST = Shapes.list(Shapes.object(ValueConfig::read));

  private static boolean isRegex(String text) {
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static ValueConfig read(ObjectReader r) {
    return new ValueConfig(
        r.required("at", POINTER),
        r.optional("required", false, Shape.bool()),
        r.optional("matches", null, REGEX));
  }

  /** The steps on the way to the value. */
  public List<String> steps() {
    return List.of(at.substring(1).split("/", -1)).stream()
        .map(step -> step.replace("~1", "/").replace("~0", "~"))
        .toList();
  }
}
