package dev.weir.replica;

import dev.weir.config.Delta;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * One change of the configuration.
 *
 * @param head the state that it leads to
 * @param parent the state that it was made from
 * @param at when
 * @param node the id of the node that made it
 * @param details what an event says of it
 * @param delta what changes
 * @param ttlMillis when it is taken back, in milliseconds from {@code at}; 0 for never
 * @param reverts the id of the change that this one takes back; null when it is none such
 */
public record Entry(
    Head head,
    Head parent,
    Instant at,
    String node,
    JsonObject details,
    Delta delta,
    long ttlMillis,
    String reverts) {

  /** What people are told of it: the details, and who changed what when. */
  public JsonObject summary() {
    JsonObject summary =
        details
            .copy()
            .put("version", head.version())
            .put("at", at.toString())
            .put("node", node)
            .put("changes", new JsonArray(delta.paths()));
    return ttlMillis > 0 ? summary.put("ttlMillis", ttlMillis) : summary;
  }

  /** As JSON, which {@link #of} reads again. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("head", head.text())
        .put("parent", parent.text())
        .put("at", at.toString())
        .put("node", node)
        .put("details", details)
        .put("delta", delta.toJson())
        .put("ttlMillis", ttlMillis)
        .put("reverts", reverts);
  }

  static Entry of(JsonObject json) {
    return new Entry(
        Head.of(json.getString("head")),
        Head.of(json.getString("parent")),
        Instant.parse(json.getString("at")),
        json.getString("node"),
        json.getJsonObject("details"),
        Delta.of(json.getJsonArray("delta")),
        json.getLong("ttlMillis"),
        json.getString("reverts"));
  }
}
