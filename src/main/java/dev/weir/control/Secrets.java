package dev.weir.control;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Keeps secrets out of answers. */
final class Secrets {

  /** What a secret looks like in an answer. */
  static final String HIDDEN = "(hidden)";

  private static final String KEY = "secret";

  private Secrets() {}

  /** Hides every secret in a configuration; changes the argument. */
  static JsonObject hide(JsonObject json) {
    for (String key : json.fieldNames()) {
      Object value = json.getValue(key);
      if (key.equals(KEY) && value != null) {
        json.put(key, HIDDEN);
      } else {
        hideIn(value);
      }
    }
    return json;
  }

  private static void hideIn(Object value) {
    if (value instanceof JsonObject object) {
      hide(object);
    } else if (value instanceof JsonArray array) {
      array.forEach(Secrets::hideIn);
    }
  }
}
