package dev.weir.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;

/** {@code conf/weir.schema.json}, looked into by the pointers of the documents it describes. */
final class SchemaFile {
  private static final String DEFINITIONS = "$defs";
  private static final Set<String> TOLD_BY_CODE =
      Set.of("type", "default", "minimum", "maximum", "enum", "pattern", "minItems");

  private final JsonObject root = Documents.conf("weir.schema.json");

  JsonObject json() {
    return root;
  }

  /** The place of every key in the file: {@code /routes}, {@code route/id} and so on. */
  Set<String> places() {
    Set<String> places = new TreeSet<>();
    keys("", root, places);
    root.getJsonObject(DEFINITIONS)
        .forEach(each -> keys(each.getKey(), (JsonObject) each.getValue(), places));
    return places;
  }

  private static void keys(String owner, JsonObject schema, Set<String> places) {
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    properties.fieldNames().forEach(key -> places.add(owner + "/" + key));
  }

  /** What the schema says of one value of a document. */
  Place at(String pointer) {
    Place place = new Place("", "", root, false);
    for (String token : pointer.substring(1).split("/")) {
      place = step(place, token);
    }
    return place;
  }

  private Place step(Place from, String token) {
    JsonObject schema = from.schema;
    if (schema.containsKey("properties")) {
      JsonObject raw = schema.getJsonObject("properties").getJsonObject(token);
      boolean required = schema.getJsonArray("required", new JsonArray()).contains(token);
      return raw == null
          ? new Place("none", "", new JsonObject(), false)
          : new Place(from.owner + "/" + token, owner(raw), resolve(raw), required);
    }
    String parts = schema.containsKey("items") ? "items" : "additionalProperties";
    JsonObject raw = schema.getJsonObject(parts, new JsonObject());
    return new Place(from.name, owner(raw), resolve(raw), false);
  }

  private static String owner(JsonObject raw) {
    String reference = raw.getString("$ref", "");
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  private JsonObject resolve(JsonObject raw) {
    if (!raw.containsKey("$ref")) {
      return raw;
    }
    JsonObject target = resolve(root.getJsonObject(DEFINITIONS).getJsonObject(owner(raw))).copy();
    JsonObject merged = target.mergeIn(raw);
    merged.remove("$ref");
    return merged;
  }

  /** What {@link Property#schema()} has of a schema: no descriptions, references resolved. */
  JsonObject gist(JsonObject schema) {
    JsonObject resolved = resolve(schema);
    JsonObject gist = new JsonObject();
    for (String keyword : resolved.fieldNames()) {
      Object value = resolved.getValue(keyword);
      if (TOLD_BY_CODE.contains(keyword)) {
        gist.put(keyword, value);
      } else if (keyword.equals("anyOf")) {
        JsonArray gists = new JsonArray();
        ((JsonArray) value).forEach(each -> gists.add(gist((JsonObject) each)));
        gist.put(keyword, gists);
      } else if (value instanceof JsonObject part && !keyword.equals("properties")) {
        gist.put(keyword, gist(part));
      }
    }
    return gist;
  }

  /**
   * A place in the file.
   *
   * @param name the owner's name and the key
   * @param owner the definition that its keys belong to
   * @param schema what is said there, with what it refers to
   * @param required whether its owner demands it
   */
  record Place(String name, String owner, JsonObject schema, boolean required) {}
}
