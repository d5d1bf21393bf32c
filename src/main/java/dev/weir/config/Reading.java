package dev.weir.config;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** One reading of one document: its problems so far, and what its values may refer to. */
final class Reading {
  /** What stands for the value of a key that is not there. */
  static final String MISSING = "missing";

  private final List<Problem> problems = new ArrayList<>();
  private final Interpolation interpolation;
  private final Consumer<Supplier<Property>> properties;

  Reading(Interpolation interpolation) {
    this(interpolation, property -> {});
  }

  /**
   * @param properties is told of every key that is asked for, present or not; it looks when it
   *     cares
   */
  Reading(Interpolation interpolation, Consumer<Supplier<Property>> properties) {
    this.interpolation = interpolation;
    this.properties = properties;
  }

  /** Reads the whole document. Throws all problems at once, those reported before among them. */
  <T> T read(JsonObject document, Function<ObjectReader, T> read) {
    T result = Shapes.object(read).read(new Value(document, "", this));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return result;
  }

  void report(String pointer, String value, String expected) {
    boolean secret = pointer.endsWith("/secret") && !value.equals(MISSING);
    problems.add(new Problem(pointer, secret ? "a secret" : value, expected));
  }

  void note(Supplier<Property> property) {
    properties.accept(property);
  }

  Interpolation interpolation() {
    return interpolation;
  }
}
