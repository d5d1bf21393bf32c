package dev.weir.cluster;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that one node says; immutable.
 *
 * @param revision grows by one with every change
 * @param groups the fingerprints of the upstreams whose health the node shares; nodes with the same
 *     one share it with each other
 * @param words what it says
 */
record Page(long revision, Set<String> groups, List<Word> words) {

  /** Says nothing. */
  static final Page EMPTY = new Page(0, Set.of(), List.of());

  static final Shape<Long> REVISION = Shape.whole(0, 1L << 53);

  Page {
    groups = Set.copyOf(groups);
    words = List.copyOf(words);
  }

  /** The same with one change more. */
  Page with(Change change) {
    List<Word> next = new ArrayList<>(words);
    next.removeIf(change.word()::isAbout);
    if (change.holds()) {
      next.add(change.word());
    }
    return new Page(revision + 1, groups, next);
  }

  /**
   * The same for other upstreams; what it said of those that are gone is forgotten.
   *
   * @param fingerprints by the names of the upstreams
   */
  Page with(Map<String, String> fingerprints) {
    List<Word> next =
        words.stream().filter(word -> fingerprints.containsKey(word.upstream())).toList();
    return new Page(revision + 1, Set.copyOf(fingerprints.values()), next);
  }

  /** Whether a change would change nothing. */
  boolean knows(Change change) {
    return words.stream().anyMatch(change.word()::isAbout) == change.holds();
  }

  static Page of(JsonObject json) {
    return ObjectReader.parse(json, Page::read);
  }

  private static Page read(ObjectReader fields) {
    return new Page(
        fields.required("revision", REVISION),
        Set.copyOf(fields.required("groups", Shapes.list(Shape.text()))),
        fields.required("words", Shapes.list(Shapes.object(Word::read))));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("revision", revision)
        .put("groups", new JsonArray(List.copyOf(groups)))
        .put("words", new JsonArray(words.stream().map(Word::toJson).toList()));
  }
}
