package dev.weir.config;

import java.util.List;
import java.util.Map;

/**
 * What changes in the headers of a message: first removed, then set, then added. Host,
 * Content-Length and the headers of the connection are the gateway's own and refused here.
 *
 * @param set names and the one value that each has afterwards; default none
 * @param add names and values to add beside those that are there; in JSON a text or an array of
 *     texts; default none
 * @param remove names to take away; default none
 */
public record HeaderRules(
    Map<String, String> set, Map<String, List<String>> add, List<String> remove) {

  /** Changes nothing. */
  public static final HeaderRules NONE = new HeaderRules(Map.of(), Map.of(), List.of());

  private static final Shape<Map<String, String>> VALUE =
      Shapes.map(HttpRules.FREE_HEADER, Shape.text(HttpRules.HEADER_VALUE));
  private static final Shape<Map<String, List<String>>> VALUES =
      Shapes.map(HttpRules.FREE_HEADER, Shapes.texts(HttpRules.HEADER_VALUE));
  private static final Shape<List<String>> NAMES = Shapes.list(Shape.text(HttpRules.FREE_HEADER));

  /** Keeps its own unmodifiable copies. */
  public HeaderRules {
    set = Ordered.copyOf(set);
    add = Ordered.copyOf(add);
    remove = List.copyOf(remove);
  }

  /** Whether they change nothing. */
  public boolean isEmpty() {
    return set.isEmpty() && add.isEmpty() && remove.isEmpty();
  }

  static HeaderRules read(ObjectReader r) {
    return new HeaderRules(
        r.optional("set", Map.of(), VALUE),
        r.optional("add", Map.of(), VALUES),
        r.optional("remove", List.of(), NAMES));
  }
}
