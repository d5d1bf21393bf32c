package dev.weir.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that the nodes keep together.
 *
 * @param base null when they keep nothing yet
 * @param head the state that all are to come to
 * @param entries the changes by id
 */
record Contents(Base base, Head head, Map<String, Entry> entries) {

  static final Contents NONE = new Contents(null, null, Map.of());

  /**
   * The changes that led to {@code head}, the oldest first, as far back as they are there.
   *
   * @param after where to stop: the id of a state, without the change that led to it; null for
   *     never
   */
  List<Entry> chain(String after) {
    List<Entry> chain = new ArrayList<>();
    String id = head.id();
    while (!id.equals(after) && entries.containsKey(id)) {
      Entry entry = entries.get(id);
      chain.add(0, entry);
      id = entry.parent().id();
    }
    return chain;
  }

  /** Whether a chain leads from the base to the head. */
  boolean isWhole() {
    List<Entry> chain = chain(base.head().id());
    String first = chain.isEmpty() ? head.id() : chain.get(0).parent().id();
    return first.equals(base.head().id());
  }
}
