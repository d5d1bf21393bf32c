package dev.weir.cluster;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that one node says; immutable.
 *
 * @param revision grows by one with every change
 * @param groups the fingerprints of the upstreams whose health the node shares; nodes with the same
 *     one share it with each other
 * @param words what it says, by {@link Word#key}
 * @param offer what it does for other nodes
 */
record Page(long revision, Set<String> groups, Map<String, Word> words, Offer offer) {

  /** Says nothing. */
  static final Page EMPTY = new Page(0, Set.of(), Map.of(), Offer.NONE);

  static final Shape<Long> REVISION = Shape.whole(0, 1L << 53);

  Page {
    groups = Set.copyOf(groups);
    words = Map.copyOf(words);
  }

  /** The same with one change more. */
  Page with(Change change) {
    Map<String, Word> next = new HashMap<>(words);
    if (change.holds()) {
      next.put(change.word().key(), change.word());
    } else {
      next.remove(change.word().key());
    }
    return new Page(revision + 1, groups, next, offer);
  }

  /**
   * The same for other upstreams; what it said of those that are gone is forgotten.
   *
   * @param fingerprints by the names of the upstreams
   */
  Page with(Map<String, String> fingerprints) {
    Map<String, Word> next = new HashMap<>(words);
    next.values().removeIf(word -> !fingerprints.containsKey(word.upstream()));
    return new Page(revision + 1, Set.copyOf(fingerprints.values()), next, offer);
  }

  /** The same with another offer. */
  Page with(Offer next) {
    return new Page(revision + 1, groups, words, next);
  }

  /** Whether a change would change nothing. */
  boolean knows(Change change) {
    return words.containsKey(change.word().key()) == change.holds();
  }

  static Page of(JsonObject json) {
    return ObjectReader.parse(json, Page::read);
  }

  private static Page read(ObjectReader fields) {
    return new Page(
        fields.required("revision", REVISION),
        Set.copyOf(fields.required("groups", Shapes.list(Shape.text()))),
        byKey(fields.required("words", Shapes.list(Shapes.object(Word::read)))),
        fields.optional("offer", Offer.NONE, Shapes.object(Offer::read)));
  }

  private static Map<String, Word> byKey(List<Word> words) {
    Map<String, Word> result = new HashMap<>();
    words.forEach(word -> result.put(word.key(), word));
    return result;
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("revision", revision)
        .put("groups", new JsonArray(List.copyOf(groups)))
        .put("words", new JsonArray(words.values().stream().map(Word::toJson).toList()))
        .put("offer", offer.toJson());
  }
}
