package dev.weir.cluster;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * What a node does for others: takes exchanges for some upstreams.
 *
 * @param upstreams the names of the upstreams; empty when it takes none
 * @param doors the numbers of the addresses at which it takes them, 0 or greater
 */
public record Offer(Set<String> upstreams, List<Integer> doors) {

  /** Does nothing for others. */
  public static final Offer NONE = new Offer(Set.of(), List.of());

  private static final Shape<Integer> DOOR = Shape.integer(0, Integer.MAX_VALUE);

  /** Keeps its own unmodifiable copies. Without a door nothing is offered. */
  public Offer {
    doors = List.copyOf(doors);
    upstreams = doors.isEmpty() ? Set.of() : Set.copyOf(upstreams);
  }

  static Offer read(ObjectReader fields) {
    return new Offer(
        Set.copyOf(fields.required("upstreams", Shapes.list(Shape.text()))),
        fields.required("doors", Shapes.list(DOOR)));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("upstreams", new JsonArray(List.copyOf(upstreams)))
        .put("doors", new JsonArray(doors));
  }
}
