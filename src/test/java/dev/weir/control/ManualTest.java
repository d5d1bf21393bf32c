package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The manual shows every command as it is. */
@ExtendWith(VertxExtension.class)
class ManualTest {

  private static final Pattern OPS = Pattern.compile("one of ([a-z., ]+)");

  private Operator operator;
  private List<JsonObject> examples;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    operator = new Operator(vertx);
    examples =
        Files.readAllLines(Path.of("src/main/asciidoc/index.adoc")).stream()
            .filter(line -> line.startsWith("{\"op\": "))
            .map(JsonObject::new)
            .toList();
  }

  @Test
  void everyCommand_hasAnExample() throws Exception {
    String message = operator.refused("none").getString("message");
    Matcher ops = OPS.matcher(message);
    assertThat(ops.find()).as(message).isTrue();
    Set<String> shown = new TreeSet<>();
    examples.forEach(example -> shown.add(example.getString("op")));
    assertThat(shown).isEqualTo(new TreeSet<>(Set.of(ops.group(1).split(", "))));
  }

  @Test
  void everyExample_isReadable() throws Exception {
    for (JsonObject example : examples) {
      JsonObject error = operator.send(example).getJsonObject("error", new JsonObject());
      assertThat(error.getString("code", "not-found"))
          .as("%s: %s", example, error)
          .isIn("not-found", "exists", "in-use", "stale", "unavailable");
    }
  }
}
