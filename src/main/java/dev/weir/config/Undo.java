package dev.weir.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Takes a change back where others have followed: a merge of three, of what it was, what the change
 * made of it, and what it is.
 */
final class Undo {

  private Undo() {}

  /** What is to change now, so that nothing of {@code delta} is left that nobody else has set. */
  static List<Change> changes(Delta delta, WeirConfig now) {
    List<Change> changes = new ArrayList<>();
    for (Change change : delta.reversed().changes()) {
      Object is = find(now, change);
      Object next = merged(change.from(), change.to(), is);
      boolean moved = is != null && change.fromIndex() != change.toIndex();
      if (moved || !same(is, next)) {
        int from = change.fromIndex();
        changes.add(new Change(change.section(), change.key(), is, next, from, change.toIndex()));
      }
    }
    return changes;
  }

  private static Object find(WeirConfig config, Change change) {
    switch (change.section()) {
      case "routes":
        return config.routes().stream()
            .filter(route -> route.id().equals(change.key()))
            .map(RouteConfig::toJson)
            .findAny()
            .orElse(null);
      case "upstreams":
        UpstreamConfig upstream = config.upstreams().get(change.key());
        return upstream == null ? null : upstream.toJson();
      default:
        for (var section : Parts.sections()) {
          if (section.getName().equals(change.section())) {
            return RecordJson.value(Parts.get(config, section));
          }
        }
        return null;
    }
  }

  /**
   * What a value becomes.
   *
   * @param made what the change had made of it
   * @param was what it was before
   * @param is what it is now
   */
  static Object merged(Object made, Object was, Object is) {
    if (same(made, was) || is == null && made != null) {
      return is;
    }
    if (same(made, is) || made == null || was == null) {
      return made == null && is != null ? is : was;
    }
    if (made instanceof JsonObject m && was instanceof JsonObject w && is instanceof JsonObject i) {
      return objects(m, w, i);
    }
    if (made instanceof JsonArray m && was instanceof JsonArray w && is instanceof JsonArray i) {
      return keyed(m) && keyed(w) && keyed(i) ? arrays(m, w, i) : is;
    }
    return is;
  }

  private static JsonObject objects(JsonObject made, JsonObject was, JsonObject is) {
    Set<String> keys = new LinkedHashSet<>(is.fieldNames());
    keys.addAll(was.fieldNames());
    JsonObject result = new JsonObject();
    for (String key : keys) {
      Object value = merged(made.getValue(key), was.getValue(key), is.getValue(key));
      if (value != null || hasNull(was, key) || hasNull(is, key)) {
        result.put(key, value);
      }
    }
    return result;
  }

  private static boolean hasNull(JsonObject json, String key) {
    return json.containsKey(key) && json.getValue(key) == null;
  }

  /** Numbers are the same whatever type they have: it depends on whether they were sent. */
  private static boolean same(Object one, Object other) {
    if (one instanceof Number && other instanceof Number) {
      return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
    }
    return Objects.equals(one, other);
  }

  /** Arrays of what has an address are merged by it, so that one endpoint is not another. */
  private static JsonArray arrays(JsonArray made, JsonArray was, JsonArray is) {
    Map<String, JsonObject> mine = byAddress(made);
    Map<String, JsonObject> old = byAddress(was);
    Map<String, JsonObject> now = byAddress(is);
    Set<String> keys = new LinkedHashSet<>(now.keySet());
    keys.addAll(old.keySet());
    JsonArray result = new JsonArray();
    for (String key : keys) {
      Object value = merged(mine.get(key), old.get(key), now.get(key));
      if (value != null) {
        result.add(value);
      }
    }
    return result;
  }

  private static boolean keyed(JsonArray array) {
    return array.stream().allMatch(each -> each instanceof JsonObject o && o.containsKey("host"));
  }

  private static Map<String, JsonObject> byAddress(JsonArray array) {
    Map<String, JsonObject> map = new LinkedHashMap<>();
    for (int i = 0; i < array.size(); i++) {
      JsonObject each = array.getJsonObject(i);
      map.put(each.getString("host") + ":" + each.getValue("port"), each);
    }
    return map;
  }
}
