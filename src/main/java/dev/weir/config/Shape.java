package dev.weir.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What one JSON value must look like, and the Java value that it becomes. Nothing is coerced: the
 * text {@code "10"} is no number and 1.5 is no integer. {@link Shapes} has those with parts.
 */
public final class Shape<T> {
  /*
   * Shapes are made for each key that is read, of each of 10 000 routes: so the words and the schema,
   * which hardly anybody asks for, are made when somebody does.
   */

  private final Supplier<String> expected;
  private final Supplier<JsonObject> schema;
  private final T standIn;
  private final Function<Value, T> conversion;

  /**
   * @param expected the shape in words
   * @param schema the shape in JSON Schema, a new object each time
   * @param standIn what a value that does not fit becomes, so that reading can go on: nothing, 0
   *     for numbers
   * @param conversion gives null when the value does not fit, and throws {@link UnfitException}
   *     when it knows better words for what was expected
   */
  Shape(
      Supplier<String> expected,
      Supplier<JsonObject> schema,
      T standIn,
      Function<Value, T> conversion) {
    this.expected = expected;
    this.schema = schema;
    this.standIn = standIn;
    this.conversion = conversion;
  }

  /** True or false. */
  public static Shape<Boolean> bool() {
    return new Shape<>(
        () -> "true or false",
        () -> orVariable("boolean"),
        false,
        value -> value.literal() instanceof Boolean bool ? bool : null);
  }

  /** A whole number in a range, bounds included. */
  public static Shape<Integer> integer(int min, int max) {
    return whole(min, max, 0, BigDecimal::intValueExact);
  }

  /** A whole number in a range, bounds included. */
  public static Shape<Long> whole(long min, long max) {
    return whole(min, max, 0L, BigDecimal::longValueExact);
  }

  private static <T> Shape<T> whole(long min, long max, T standIn, Function<BigDecimal, T> to) {
    return new Shape<>(
        () -> "an integer from " + min + " to " + max,
        () -> range("integer", min, max),
        standIn,
        value -> value.number(min, max).filter(Shape::isWhole).map(to).orElse(null));
  }

  /** To JSON, 10.0 is the same number as 10. */
  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }

  /** A number in a range, bounds included. */
  public static Shape<Double> number(long min, long max) {
    return new Shape<>(
        () -> "a number from " + min + " to " + max,
        () -> range("number", min, max),
        0.0,
        value -> value.number(min, max).map(BigDecimal::doubleValue).orElse(null));
  }

  /** A text that is one of a few words. */
  public static Shape<String> word(List<String> words) {
    return word(words, "", words::contains, Shape::variable);
  }

  /** A text that is one of a few words, or keeps to a rule. */
  static Shape<String> wordOr(List<String> words, Rule other) {
    return word(
        words,
        ", or " + other.expected(),
        text -> words.contains(text) || other.test().test(text),
        other::schema);
  }

  private static Shape<String> word(
      List<String> words, String orElse, Predicate<String> test, Supplier<JsonObject> other) {
    return text(
        () -> "one of " + String.join(", ", words) + orElse,
        () ->
            JsonObject.of(
                "anyOf", JsonArray.of(JsonObject.of("enum", new JsonArray(words)), other.get())),
        test,
        word -> Similar.hint(word, words));
  }

  /** Any text. */
  public static Shape<String> text() {
    return text(HttpRules.ANY);
  }

  /** A text that keeps to a rule. */
  static Shape<String> text(Rule rule) {
    return text(rule::expected, rule::schema, rule.test(), text -> "");
  }

  private static Shape<String> text(
      Supplier<String> expected,
      Supplier<JsonObject> schema,
      Predicate<String> test,
      Function<String, String> hint) {
    return new Shape<>(
        expected,
        schema,
        null,
        value -> {
          String text = value.text();
          if (text != null && !test.test(text)) {
            throw new UnfitException(expected.get() + hint.apply(text));
          }
          return text;
        });
  }

  private static JsonObject range(String type, long min, long max) {
    return orVariable(type).put("minimum", min).put("maximum", max);
  }

  /** Keywords of JSON Schema hold for one type each, so the pattern concerns texts alone. */
  private static JsonObject orVariable(String type) {
    return variable().put("type", JsonArray.of(type, "string"));
  }

  /** What the schema says of a text that stands for something else. */
  private static JsonObject variable() {
    return JsonObject.of("type", "string", "pattern", Interpolation.PATTERN);
  }

  T read(Value value) {
    try {
      T result = conversion.apply(value);
      if (result != null) {
        return result;
      }
      value.report(expected.get());
    } catch (UnfitException e) {
      value.report(e.getMessage());
    }
    return standIn;
  }

  String expected() {
    return expected.get();
  }

  JsonObject schema() {
    return schema.get();
  }

  T standIn() {
    return standIn;
  }
}
