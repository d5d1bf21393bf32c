package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Flag;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual names everything that there is. */
class DocsTest {

  private static final Pattern METRIC = Pattern.compile("\"(weir_[a-z_]+)\"");

  private final String manual = read(Path.of("src/main/asciidoc/index.adoc"));

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyKeyOfTheConfigurationIsInTheManual() {
    Set<String> keys = new HashSet<>();
    collect(new JsonObject(read(Path.of("conf/weir.schema.json"))), keys);
    keys.remove("$schema");
    assertThat(keys).hasSizeGreaterThan(50).allMatch(key -> manual.contains(key + "+`"));
  }

  private static void collect(Object schema, Set<String> keys) {
    if (schema instanceof JsonObject object) {
      JsonObject properties = object.getJsonObject("properties", new JsonObject());
      keys.addAll(properties.fieldNames());
      object.forEach(field -> collect(field.getValue(), keys));
    } else if (schema instanceof JsonArray array) {
      array.forEach(element -> collect(element, keys));
    }
  }

  @Test
  void everyFlagIsInTheManual() {
    assertThat(Flag.values()).allMatch(flag -> manual.contains("| " + flag + " | "));
  }

  @Test
  void everyMetricOfTheCodeIsInTheManual() throws IOException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher matcher = METRIC.matcher(read(file));
        while (matcher.find()) {
          names.add(matcher.group(1));
        }
      }
    }
    assertThat(names).hasSizeGreaterThan(10).allMatch(manual::contains);
  }
}
