package dev.weir.cluster;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * What a node tells the others from time to time.
 *
 * @param node its id
 * @param member the member of the cluster that it stands on
 * @param state {@value #LIVES} or {@value #LEAVES}
 * @param version of its configuration; 0 when it did not say
 * @param revision of its {@link Page}
 * @param change what made that revision; {@code null} when that was earlier, or is too much to say
 * @param news what it tells besides, for those who understand it; {@code null} for nothing
 */
record Beat(
    String node,
    String member,
    String state,
    long version,
    long revision,
    Change change,
    JsonObject news) {

  static final String LIVES = "lives";

  static final String LEAVES = "leaves";

  private static final Shape<String> STATE = Shape.word(List.of(LIVES, LEAVES));

  /**
   * Reads one.
   *
   * @throws dev.weir.config.ConfigException when it is none
   */
  static Beat of(JsonObject json) {
    return ObjectReader.parse(json, Beat::read);
  }

  private static Beat read(ObjectReader fields) {
    fields.ignore("at");
    return new Beat(
        fields.required("node", Shape.text()),
        fields.required("member", Shape.text()),
        fields.required("state", STATE),
        fields.optional("version", 0L, Page.REVISION),
        fields.required("revision", Page.REVISION),
        fields.optional("change", null, Shapes.object(Change::read)),
        fields.optional("news", null, Shapes.document()));
  }

  JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("node", node)
            .put("member", member)
            .put("state", state)
            .put("at", Instant.now().toString())
            .put("version", version)
            .put("revision", revision);
    if (change != null) {
      json.put("change", change.toJson());
    }
    return news == null ? json : json.put("news", news);
  }
}
