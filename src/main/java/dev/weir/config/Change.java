package dev.weir.config;

import io.vertx.core.json.JsonObject;

/**
 * One part of a configuration that is not what it was: an upstream, a route, or a top-level key.
 *
 * @param section the top-level key
 * @param key the name of the upstream or the id of the route; null for the whole section
 * @param from what it was, JSON with every default; null when it was not there
 * @param to what it is; null when it is not there any longer
 * @param fromIndex the place of a route among all of them; elsewhere 0
 * @param toIndex the same afterwards
 */
public record Change(
    String section, String key, Object from, Object to, int fromIndex, int toIndex) {

  /** Where it is, as a JSON pointer; routes have their id there in place of an index. */
  public String path() {
    return key == null ? "/" + section : "/" + section + "/" + key;
  }

  Change reversed() {
    return new Change(section, key, to, from, toIndex, fromIndex);
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject().put("section", section).put("from", from).put("to", to);
    if (key != null) {
      json.put("key", key).put("fromIndex", fromIndex).put("toIndex", toIndex);
    }
    return json;
  }

  static Change of(JsonObject json) {
    return new Change(
        json.getString("section"),
        json.getString("key"),
        json.getValue("from"),
        json.getValue("to"),
        json.getInteger("fromIndex", 0),
        json.getInteger("toIndex", 0));
  }
}
