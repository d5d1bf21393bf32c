package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Asks the schema and the code about the same documents. */
class SchemaAgreementTest {
  private static final List<Object> SAMPLES =
      Arrays.asList(
          null,
          true,
          0,
          1,
          -1,
          1.5,
          10.0,
          70_000,
          1L << 60,
          "",
          "10",
          "a b",
          "/x",
          "/:x/*",
          "GET",
          "${NONE:5}",
          "${NONE:true}",
          "${NONE:tcp}",
          "x${NONE:y}",
          new JsonArray(),
          JsonArray.of("a"),
          JsonArray.of(1),
          new JsonObject(),
          JsonObject.of("a", "b"));

  private final SchemaFile schema = new SchemaFile();
  private final Validator validator =
      Validator.create(JsonSchema.of(schema.json()), SchemaTest.OPTIONS);

  @Test
  void files_areValid() {
    for (String file : ConfFilesTest.configurations()) {
      OutputUnit result = validator.validate(Documents.conf(file));
      assertThat(result.getValid()).as("%s: %s", file, result.getErrors()).isTrue();
    }
  }

  @Test
  void whateverTheCodeTakes_theSchemaTakes() {
    JsonObject reference = Documents.conf("reference.json");
    List<String> pointers = new ArrayList<>();
    Documents.walk(reference, "", (pointer, value) -> pointers.add(pointer));
    int taken = 0;
    for (String pointer : pointers.subList(1, pointers.size())) {
      for (Object sample : SAMPLES) {
        JsonObject document = reference.copy();
        JsonPointer.from(pointer).writeJson(document, sample);
        if (codeTakes(document)) {
          assertThat(schemaTakes(document)).as("%s: %s", pointer, sample).isTrue();
          taken++;
        }
      }
    }
    assertThat(taken).isGreaterThan(pointers.size());
  }

  /** Besides, what is taken comes back from its full document, and nothing else is ever thrown. */
  private static boolean codeTakes(JsonObject document) {
    try {
      WeirConfig config = WeirConfig.of(document, Documents.NO_VARIABLES);
      assertThat(WeirConfig.of(config.toJson())).isEqualTo(config);
      return true;
    } catch (ConfigException e) {
      return false;
    }
  }

  private boolean schemaTakes(JsonObject document) {
    return validator.validate(document).getValid();
  }

  @Test
  void unknownKeyAnywhere_isRefusedByBoth() {
    JsonObject reference = Documents.conf("reference.json");
    Documents.walk(
        reference,
        "",
        (pointer, value) -> {
          if (value instanceof JsonObject object && !isMap(pointer)) {
            JsonObject document = reference.copy();
            JsonPointer.from(pointer + "/unheardOf").writeJson(document, 1);
            assertThat(codeTakes(document)).as(pointer).isFalse();
            assertThat(schemaTakes(document)).as(pointer).isFalse();
          }
        });
  }

  private boolean isMap(String pointer) {
    return !pointer.isEmpty() && !schema.at(pointer).schema().containsKey("properties");
  }
}
