package dev.weir.config;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the keys of one JSON object, strictly: what is wrong is reported and reading goes on with a
 * stand-in, and what nobody asked for is reported at the end.
 */
public final class ObjectReader {
  private final Value self;
  private final JsonObject json;
  private final Set<String> known = new LinkedHashSet<>();

  ObjectReader(Value self, JsonObject json) {
    this.self = self;
    this.json = json;
  }

  /**
   * Reads an object that does not come from a file: no variables in its strings.
   *
   * @throws ConfigException with all problems at once
   */
  public static <T> T parse(JsonObject json, Function<ObjectReader, T> read) {
    return new Reading(Interpolation.NONE).read(json, read);
  }

  /** The value of a key that must be there. */
  public <T> T required(String key, Shape<T> shape) {
    note(key, value -> new Property(value.pointer(), shape.schema()));
    if (json.containsKey(key)) {
      return shape.read(value(key));
    }
    problem(key, shape.expected());
    return shape.standIn();
  }

  /** The value of a key, or its default. Where the default is null, so may be the value. */
  public <T> T optional(String key, T byDefault, Shape<T> shape) {
    note(key, value -> Property.optional(value.pointer(), shape.schema(), byDefault));
    boolean absent = byDefault == null ? json.getValue(key) == null : !json.containsKey(key);
    return absent ? byDefault : shape.read(value(key));
  }

  /** The object under a key; where it is absent, what becomes of an empty one. */
  public <T> T object(String key, Function<ObjectReader, T> read) {
    Shape<T> shape = Shapes.object(read);
    JsonObject empty = new JsonObject();
    note(key, value -> Property.optional(value.pointer(), shape.schema(), empty));
    return shape.read(self.child(key, json.containsKey(key) ? json.getValue(key) : empty));
  }

  /** Whether a key is there. */
  boolean has(String key) {
    return json.containsKey(key);
  }

  /** Lets a key be there without a meaning. */
  public void ignore(String key) {
    known.add(key);
  }

  /** Reports the value of a key, or that there is none. */
  public void problem(String key, String expected) {
    if (json.containsKey(key)) {
      value(key).report(expected);
    } else {
      self.reading().report(value(key).pointer(), Reading.MISSING, expected);
    }
  }

  /**
   * Reports a text further down.
   *
   * @param path the keys on the way to it, with slashes between them
   */
  void problemAt(String path, String text, String expected) {
    new Value(text, self.pointer() + "/" + path, self.reading()).report(expected);
  }

  /** Reports the value of a key unless it is one of some names. */
  public void refersTo(String key, String value, String expected, Collection<String> names) {
    if (value != null && !names.contains(value)) {
      problem(key, expected + Similar.hint(value, names));
    }
  }

  void finish() {
    for (String key : json.fieldNames()) {
      if (!known.contains(key)) {
        problem(key, "one of the keys " + String.join(", ", known) + Similar.hint(key, known));
      }
    }
  }

  private Value value(String key) {
    return self.child(key, json.getValue(key));
  }

  private void note(String key, Function<Value, Property> property) {
    known.add(key);
    self.reading().note(() -> property.apply(value(key)));
  }
}
