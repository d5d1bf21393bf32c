package dev.weir.config;

import io.vertx.core.json.JsonObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parts of a configuration, each read by itself. */
final class Parts {

  private static final RecordComponent[] SECTIONS = WeirConfig.class.getRecordComponents();
  private static final Constructor<WeirConfig> CONSTRUCTOR = constructor();

  private Parts() {}

  private static Constructor<WeirConfig> constructor() {
    Class<?>[] types =
        Arrays.stream(SECTIONS).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return WeirConfig.class.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("A record has a constructor of all its components", e);
    }
  }

  /** The top-level keys. */
  static List<RecordComponent> sections() {
    return List.of(SECTIONS);
  }

  static Object get(WeirConfig config, RecordComponent section) {
    return RecordJson.component(config, section);
  }

  /** The configuration with other values under some of the top-level keys. */
  static WeirConfig with(WeirConfig config, Map<String, Object> values) {
    Object[] arguments = new Object[SECTIONS.length];
    for (int i = 0; i < SECTIONS.length; i++) {
      String name = SECTIONS[i].getName();
      arguments[i] = values.containsKey(name) ? values.get(name) : get(config, SECTIONS[i]);
    }
    try {
      return CONSTRUCTOR.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The values have been read as what they are", e);
    }
  }

  /** What is local of one configuration, and the rest of another. */
  static WeirConfig withShared(WeirConfig local, WeirConfig shared) {
    Map<String, Object> values = new HashMap<>();
    for (RecordComponent section : SECTIONS) {
      if (!Delta.LOCAL.contains(section.getName())) {
        values.put(section.getName(), get(shared, section));
      }
    }
    return with(local, values);
  }

  /** What stands under a top-level key after a change. */
  static Object section(Change change) {
    JsonObject alone = new JsonObject().put(change.section(), change.to());
    WeirConfig read = reading().read(alone, WeirConfig::read);
    for (RecordComponent section : SECTIONS) {
      if (section.getName().equals(change.section())) {
        return get(read, section);
      }
    }
    throw new IllegalArgumentException("There is no key " + change.section());
  }

  /** Makes a change to one upstream. */
  static void upstream(Map<String, UpstreamConfig> upstreams, Change change) {
    String name = change.key();
    if (change.to() == null) {
      upstreams.remove(name);
    } else {
      JsonObject json = (JsonObject) change.to();
      upstreams.put(name, reading().read(json, each -> UpstreamConfig.read(name, each)));
    }
  }

  /** A route after a change. */
  static RouteConfig route(Change change, Set<String> upstreams) {
    JsonObject json = (JsonObject) change.to();
    return reading().read(json, each -> RouteConfig.read(each, new HashSet<>(), upstreams));
  }

  /** What was written from records holds no variables, but texts that look like them, escaped. */
  private static Reading reading() {
    return new Reading(new Interpolation(name -> null));
  }
}
