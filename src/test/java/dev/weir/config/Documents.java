package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Documents to read, and ways to look into them. */
final class Documents {
  static final Path CONF = Path.of("conf");
  static final Function<String, String> NO_VARIABLES = name -> null;

  private Documents() {}

  /** A file of {@code conf/}. */
  static JsonObject conf(String file) {
    try {
      return new JsonObject(Files.readString(CONF.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON with apostrophes for quotes, and an environment without variables. */
  static WeirConfig read(String json) {
    return read(json, Map.of());
  }

  static WeirConfig read(String json, Map<String, String> variables) {
    return WeirConfig.of(new JsonObject(json.replace('\'', '"')), variables::get);
  }

  /** What is wrong with a document, one string a problem. */
  static List<String> problems(String json) {
    return problems(json, Map.of());
  }

  static List<String> problems(String json, Map<String, String> variables) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> read(json, variables));
    assertThat(refused).as("a refusal of " + json).isNotNull();
    return refused.problems().stream().map(Problem::toString).toList();
  }

  /** Every value of a document with its JSON pointer, containers before their parts. */
  static void walk(Object value, String pointer, BiConsumer<String, Object> visitor) {
    visitor.accept(pointer, value);
    if (value instanceof JsonObject object) {
      object.forEach(each -> walk(each.getValue(), child(pointer, each.getKey()), visitor));
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        walk(array.getValue(i), pointer + "/" + i, visitor);
      }
    }
  }

  private static String child(String pointer, String key) {
    return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
  }
}
