package dev.weir.config;

import io.vertx.core.json.JsonObject;

/** JSON Merge Patch (RFC 7396). */
final class MergePatch {

  private MergePatch() {}

  /**
   * What a value becomes.
   *
   * @param target null for none
   * @param patch an object changes the keys that it has and removes those where it says null;
   *     anything else takes the place of what is there
   */
  static Object apply(Object target, Object patch) {
    if (!(patch instanceof JsonObject changes)) {
      return patch;
    }
    JsonObject result = target instanceof JsonObject object ? object.copy() : new JsonObject();
    for (String key : changes.fieldNames()) {
      Object change = changes.getValue(key);
      if (change == null) {
        result.remove(key);
      } else {
        result.put(key, apply(result.getValue(key), change));
      }
    }
    return result;
  }
}
