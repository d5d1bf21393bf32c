package dev.weir.control;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

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

  /**
   * A configuration with the secrets that were hidden in it put back.
   *
   * @param original what has them; asked for only when there are such
   */
  static JsonObject restore(JsonObject json, Supplier<JsonObject> original) {
    return isHidden(json) ? (JsonObject) restored(json, original.get()) : json;
  }

  private static boolean isHidden(Object value) {
    if (value instanceof JsonObject object) {
      return object.stream()
          .anyMatch(each -> isHidden(each.getKey(), each.getValue()) || isHidden(each.getValue()));
    }
    return value instanceof JsonArray array && array.stream().anyMatch(Secrets::isHidden);
  }

  private static boolean isHidden(String key, Object value) {
    return key.equals(KEY) && HIDDEN.equals(value);
  }

  private static Object restored(Object value, Object original) {
    if (value instanceof JsonObject object) {
      JsonObject from = original instanceof JsonObject same ? same : new JsonObject();
      JsonObject result = new JsonObject();
      object.forEach(
          each -> {
            String key = each.getKey();
            Object was = from.getValue(key);
            boolean hidden = isHidden(key, each.getValue()) && was != null;
            result.put(key, hidden ? was : restored(each.getValue(), was));
          });
      return result;
    }
    if (value instanceof JsonArray array) {
      JsonArray from = original instanceof JsonArray same ? same : new JsonArray();
      JsonArray result = new JsonArray();
      for (int i = 0; i < array.size(); i++) {
        result.add(restored(array.getValue(i), i < from.size() ? from.getValue(i) : null));
      }
      return result;
    }
    return value;
  }

  private static void hideIn(Object value) {
    if (value instanceof JsonObject object) {
      hide(object);
    } else if (value instanceof JsonArray array) {
      array.forEach(Secrets::hideIn);
    }
  }
}
