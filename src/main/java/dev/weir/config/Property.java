package dev.weir.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A key that the code reads.
 *
 * @param pointer where it stands in the document at hand
 * @param schema what JSON Schema says of it; without a {@code default} when it is required
 */
record Property(String pointer, JsonObject schema) {

  static Property optional(String pointer, JsonObject schema, Object byDefault) {
    JsonObject full = schema.put("default", RecordJson.value(byDefault));
    if (byDefault == null) {
      orNull(full);
    }
    return new Property(pointer, full);
  }

  private static void orNull(JsonObject schema) {
    if (schema.containsKey("anyOf")) {
      schema.getJsonArray("anyOf").add(JsonObject.of("type", "null"));
    } else {
      schema.put("type", new JsonArray().add(schema.getString("type")).add("null"));
    }
  }
}
