package dev.weir.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What makes one configuration of another. It costs what has changed, not what there is: parts that
 * are the same object are not looked into, and those that stay keep theirs.
 *
 * <p>It leaves out what belongs to one node, {@link #LOCAL}.
 *
 * @param changes in the order in which they are made
 */
public record Delta(List<Change> changes) {

  /** What every node has of its own, and what no command can change. */
  public static final Set<String> LOCAL =
      Set.of(
          "ingress",
          "zone",
          "cluster",
          "scale",
          "accessLog",
          "admin",
          "watch",
          "bridge",
          "control");

  private static final String ROUTES = "routes";
  private static final String UPSTREAMS = "upstreams";

  /** Keeps its own unmodifiable copy. */
  public Delta {
    changes = List.copyOf(changes);
  }

  /** What makes {@code to} of {@code from}, but for what is local. */
  public static Delta between(WeirConfig from, WeirConfig to) {
    List<Change> changes = new ArrayList<>();
    for (RecordComponent section : Parts.sections()) {
      String name = section.getName();
      Object before = Parts.get(from, section);
      Object after = Parts.get(to, section);
      if (before != after && !LOCAL.contains(name)) {
        switch (name) {
          case ROUTES -> RouteChanges.add(from.routes(), to.routes(), changes);
          case UPSTREAMS -> upstreams(from.upstreams(), to.upstreams(), changes);
          default -> section(name, before, after, changes);
        }
      }
    }
    return new Delta(changes);
  }

  /** The top-level keys of {@link #LOCAL} whose values differ. */
  public static List<String> local(WeirConfig from, WeirConfig to) {
    return Parts.sections().stream()
        .filter(section -> LOCAL.contains(section.getName()))
        .filter(section -> !Objects.equals(Parts.get(from, section), Parts.get(to, section)))
        .map(RecordComponent::getName)
        .toList();
  }

  private static void section(String name, Object from, Object to, List<Change> changes) {
    if (!Objects.equals(from, to)) {
      changes.add(new Change(name, null, RecordJson.value(from), RecordJson.value(to), 0, 0));
    }
  }

  private static void upstreams(
      Map<String, UpstreamConfig> from, Map<String, UpstreamConfig> to, List<Change> changes) {
    for (UpstreamConfig before : from.values()) {
      UpstreamConfig after = to.get(before.name());
      if (before != after && !before.equals(after)) {
        Object next = after == null ? null : after.toJson();
        changes.add(new Change(UPSTREAMS, before.name(), before.toJson(), next, 0, 0));
      }
    }
    for (UpstreamConfig after : to.values()) {
      if (!from.containsKey(after.name())) {
        changes.add(new Change(UPSTREAMS, after.name(), null, after.toJson(), 0, 0));
      }
    }
  }

  /** Which parts, in words: {@code /upstreams/orders}, {@code /routes/cart}, {@code /drain}. */
  public List<String> paths() {
    return changes.stream().map(Change::path).toList();
  }

  /** Whether upstreams are gone afterwards. */
  boolean removesUpstreams() {
    return changes.stream().anyMatch(each -> each.section().equals(UPSTREAMS) && each.to() == null);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** What takes it back, from the configuration that it has made. */
  public Delta reversed() {
    List<Change> reversed = new ArrayList<>();
    for (Change change : changes) {
      reversed.add(0, change.reversed());
    }
    return new Delta(reversed);
  }

  /**
   * Makes the changes.
   *
   * @throws ConfigException when a part cannot be read
   */
  public WeirConfig apply(WeirConfig config) {
    Map<String, Object> parts = new LinkedHashMap<>();
    Map<String, UpstreamConfig> upstreams = new LinkedHashMap<>(config.upstreams());
    List<Change> routes = new ArrayList<>();
    for (Change change : changes) {
      switch (change.section()) {
        case ROUTES -> routes.add(change);
        case UPSTREAMS -> Parts.upstream(upstreams, change);
        default -> parts.put(change.section(), Parts.section(change));
      }
    }
    parts.put(UPSTREAMS, upstreams);
    if (!routes.isEmpty()) {
      parts.put(ROUTES, RouteChanges.make(config.routes(), routes, upstreams.keySet()));
    }
    return Parts.with(config, parts);
  }

  /**
   * Takes it back from a configuration that has changed since: what is still as it made it becomes
   * what it was, value by value; what somebody has set otherwise stays.
   *
   * @throws ConfigException when a part of what comes out cannot be read
   */
  public WeirConfig undo(WeirConfig config) {
    return new Delta(Undo.changes(this, config)).apply(config);
  }

  /** As JSON, which {@link #of} reads again. */
  public JsonArray toJson() {
    JsonArray json = new JsonArray();
    changes.forEach(change -> json.add(change.toJson()));
    return json;
  }

  /** Reads what {@link #toJson} has written. */
  public static Delta of(JsonArray json) {
    return new Delta(json.stream().map(each -> Change.of((JsonObject) each)).toList());
  }
}
