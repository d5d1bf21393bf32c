package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the schema and the code together, key by key and both ways. */
class SchemaTest {
  /** A base is demanded, and a name that none can look up shows that nothing is fetched. */
  static final JsonSchemaOptions OPTIONS =
      new JsonSchemaOptions().setBaseUri("https://weir.invalid").setDraft(Draft.DRAFT202012);

  private final SchemaFile schema = new SchemaFile();

  private static List<Property> propertiesThatTheCodeReads() {
    List<Property> read = new ArrayList<>();
    Interpolation interpolation = new Interpolation(Documents.NO_VARIABLES);
    new Reading(interpolation, each -> read.add(each.get()))
        .read(Documents.conf("reference.json"), WeirConfig::read);
    return read;
  }

  @Test
  void everyKeyThatTheCodeReads_isInTheSchemaAlike() {
    for (Property property : propertiesThatTheCodeReads()) {
      SchemaFile.Place place = schema.at(property.pointer());
      assertThat(schema.gist(place.schema()))
          .as(property.pointer())
          .isEqualTo(schema.gist(property.schema()));
      assertThat(place.required())
          .as("%s is required", property.pointer())
          .isEqualTo(!property.schema().containsKey("default"));
    }
  }

  @Test
  void everyKeyOfTheSchema_isReadByTheCode() {
    Set<String> read = new TreeSet<>(Set.of("/$schema"));
    propertiesThatTheCodeReads().forEach(each -> read.add(schema.at(each.pointer()).name()));
    assertThat(read).isEqualTo(schema.places());
  }

  @Test
  void everyObjectOfTheSchema_isClosedAndEveryKeyDescribed() {
    Documents.walk(
        schema.json(),
        "",
        (pointer, value) -> {
          if (value instanceof JsonObject object && object.containsKey("properties")) {
            assertThat(object.getValue("additionalProperties")).as(pointer).isEqualTo(false);
          }
        });
    for (Property property : propertiesThatTheCodeReads()) {
      assertThat(schema.at(property.pointer()).schema().getString("description"))
          .as(property.pointer())
          .isNotBlank();
    }
  }

  @Test
  void schema_isValid() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      SchemaRepository repository =
          SchemaRepository.create(OPTIONS).preloadMetaSchema(vertx.fileSystem());
      String metaSchema = schema.json().getString("$schema");
      OutputUnit result = repository.validator(metaSchema).validate(schema.json());
      assertThat(result.getValid()).as("%s", result.getErrors()).isTrue();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }
}
