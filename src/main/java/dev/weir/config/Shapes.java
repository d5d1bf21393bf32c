package dev.weir.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The shapes of values with parts. Parts that do not fit are reported and left out. */
public final class Shapes {

  private Shapes() {}

  /** An object with keys of its own. */
  public static <T> Shape<T> object(Function<ObjectReader, T> read) {
    return new Shape<>(
        () -> "an object",
        () -> JsonObject.of("type", "object"),
        null,
        value -> value.raw() instanceof JsonObject json ? read(value, json, read) : null);
  }

  /** An object that is read by somebody else, or not at all. */
  public static Shape<JsonObject> document() {
    return new Shape<>(
        () -> "an object",
        () -> JsonObject.of("type", "object"),
        null,
        value -> value.raw() instanceof JsonObject json ? json : null);
  }

  private static <T> T read(Value value, JsonObject json, Function<ObjectReader, T> read) {
    ObjectReader reader = new ObjectReader(value, json);
    T result = read.apply(reader);
    reader.finish();
    return result;
  }

  /** An array, empty or not. */
  public static <T> Shape<List<T>> list(Shape<T> element) {
    return new Shape<>(
        () -> "an array",
        () -> JsonObject.of("type", "array", "items", element.schema()),
        List.of(),
        value -> value.raw() instanceof JsonArray array ? read(value, array, element) : null);
  }

  /** An array with at least one element. */
  public static <T> Shape<List<T>> nonEmpty(Shape<T> element) {
    Shape<List<T>> list = list(element);
    return new Shape<>(
        () -> "an array with at least one element",
        () -> list.schema().put("minItems", 1),
        List.of(),
        value ->
            value.raw() instanceof JsonArray array && array.isEmpty() ? null : list.read(value));
  }

  private static <T> List<T> read(Value value, JsonArray array, Shape<T> element) {
    List<T> result = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      T read = element.read(value.child(i, array.getValue(i)));
      if (read != null) {
        result.add(read);
      }
    }
    return result;
  }

  /** A text that keeps to a rule, or an array of such. */
  static Shape<List<String>> texts(Rule rule) {
    Shape<String> one = Shape.text(rule);
    Shape<List<String>> many = list(one);
    return new Shape<>(
        () -> rule.expected() + ", or an array of such",
        () -> JsonObject.of("anyOf", JsonArray.of(one.schema(), many.schema())),
        List.of(),
        value -> value.raw() instanceof JsonArray ? many.read(value) : single(one.read(value)));
  }

  private static List<String> single(String text) {
    return text == null ? List.of() : List.of(text);
  }

  /** An object whose keys are names that the writer chooses. */
  static <T> Shape<Map<String, T>> map(Rule names, Shape<T> element) {
    return map(names, element::schema, (name, value) -> element.read(value));
  }

  /** Like {@link #map}, of objects that know their own name. */
  static <T> Shape<Map<String, T>> named(Rule names, BiFunction<String, ObjectReader, T> read) {
    return map(
        names,
        () -> JsonObject.of("type", "object"),
        (name, value) -> object((ObjectReader reader) -> read.apply(name, reader)).read(value));
  }

  private static <T> Shape<Map<String, T>> map(
      Rule names, Supplier<JsonObject> element, BiFunction<String, Value, T> read) {
    return new Shape<>(
        () -> "an object",
        () ->
            JsonObject.of("type", "object")
                .put("propertyNames", names.schema())
                .put("additionalProperties", element.get()),
        Map.of(),
        value -> value.raw() instanceof JsonObject json ? read(value, json, names, read) : null);
  }

  private static <T> Map<String, T> read(
      Value value, JsonObject json, Rule names, BiFunction<String, Value, T> read) {
    Map<String, T> result = new LinkedHashMap<>();
    for (String name : json.fieldNames()) {
      Value child = value.child(name, json.getValue(name));
      if (!names.test().test(name)) {
        child.report("a key that is " + names.expected());
      }
      T element = read.apply(name, child);
      if (element != null) {
        result.put(name, element);
      }
    }
    return result;
  }
}
