package dev.weir.config;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes a configuration of one in force and what somebody wants of it. Texts may not hold
 * variables: whoever sends a message does not learn what is in the environment.
 */
public final class Revision {

  private static final String UPSTREAMS = "upstreams";

  private Revision() {}

  /**
   * Reads a whole configuration. What belongs to one node may be absent.
   *
   * @throws ConfigException with all problems at once
   */
  public static WeirConfig read(JsonObject document) {
    return reading().read(document, WeirConfig::read);
  }

  /**
   * A whole configuration in the place of another.
   *
   * @param next what {@link #read} has made of the document
   * @param document what belongs to one node and is absent here stays as it is
   */
  public static WeirConfig replace(WeirConfig config, WeirConfig next, JsonObject document) {
    Map<String, Object> own = new HashMap<>();
    for (var section : Parts.sections()) {
      String name = section.getName();
      if (Delta.LOCAL.contains(name) && !document.containsKey(name)) {
        own.put(name, Parts.get(config, section));
      }
    }
    return Parts.with(next, own);
  }

  /**
   * A configuration with a JSON Merge Patch (RFC 7396) applied to it in full, with every default
   * written out: null brings a default back, or removes an upstream. Only what the patch names is
   * read anew.
   *
   * @throws ConfigException with all problems at once; their pointers are those of the result
   */
  public static WeirConfig patch(WeirConfig config, JsonObject patch) {
    JsonObject merged = new JsonObject();
    for (String key : patch.fieldNames()) {
      Object value = merged(config, key, patch.getValue(key));
      if (value != null) {
        merged.put(key, value);
      }
    }
    Set<String> names = names(config, patch);
    WeirConfig read = reading().read(merged, reader -> WeirConfig.read(reader, names));
    return Parts.with(config, parts(config, patch, read));
  }

  /**
   * What stands under a top-level key afterwards: of upstreams, only those that the patch names.
   */
  private static Object merged(WeirConfig config, String key, Object patch) {
    if (key.equals(UPSTREAMS) && patch instanceof JsonObject changes) {
      JsonObject named = new JsonObject();
      for (String name : changes.fieldNames()) {
        UpstreamConfig known = config.upstreams().get(name);
        if (changes.getValue(name) != null) {
          Object before = known == null ? null : known.toJson();
          named.put(name, MergePatch.apply(before, changes.getValue(name)));
        }
      }
      return named;
    }
    // What is replaced as a whole, as the routes are, need not be written down for that.
    return MergePatch.apply(patch instanceof JsonObject ? json(config, key) : null, patch);
  }

  private static Object json(WeirConfig config, String key) {
    return Parts.sections().stream()
        .filter(section -> section.getName().equals(key))
        .map(section -> RecordJson.value(Parts.get(config, section)))
        .findAny()
        .orElse(null);
  }

  /** The names that upstreams have afterwards. */
  private static Set<String> names(WeirConfig config, JsonObject patch) {
    return patch.containsKey(UPSTREAMS)
        ? upstreams(config, patch, null).keySet()
        : config.upstreams().keySet();
  }

  /**
   * @param read the upstreams that the patch names, as they are afterwards; null where only the
   *     names are asked for
   */
  private static Map<String, UpstreamConfig> upstreams(
      WeirConfig config, JsonObject patch, Map<String, UpstreamConfig> read) {
    Map<String, UpstreamConfig> next = new LinkedHashMap<>();
    if (patch.getValue(UPSTREAMS) instanceof JsonObject changes) {
      next.putAll(config.upstreams());
      for (String name : changes.fieldNames()) {
        if (changes.getValue(name) == null) {
          next.remove(name);
        } else {
          next.put(name, read == null ? null : read.get(name));
        }
      }
    }
    return next;
  }

  private static Map<String, Object> parts(WeirConfig config, JsonObject patch, WeirConfig read) {
    Map<String, Object> parts = new HashMap<>();
    for (var section : Parts.sections()) {
      if (patch.containsKey(section.getName())) {
        parts.put(section.getName(), Parts.get(read, section));
      }
    }
    if (patch.containsKey(UPSTREAMS)) {
      parts.put(UPSTREAMS, upstreams(config, patch, read.upstreams()));
    }
    return parts;
  }

  private static Reading reading() {
    return new Reading(new Interpolation(name -> null));
  }
}
