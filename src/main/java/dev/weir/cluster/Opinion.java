package dev.weir.cluster;

import java.util.HashSet;
import java.util.Set;

/** What the nodes that share the health of an endpoint say of it. */
public final class Opinion {

  private final int nodes;
  private final Set<String> against = new HashSet<>();
  private Word probe;
  private Word traffic;

  Opinion(int nodes) {
    this.nodes = nodes;
  }

  void add(String node, boolean own, Word word) {
    against.add(node);
    if (word.source().equals(Word.PROBE) && probe == null) {
      probe = word;
    } else if (word.source().equals(Word.TRAFFIC) && !own) {
      traffic = word;
    }
  }

  /** How many nodes share it. */
  public int nodes() {
    return nodes;
  }

  /** How many of them speak against it, whatever they know it from. */
  public int against() {
    return against.size();
  }

  /**
   * Whether they are as many as it takes.
   *
   * @param quorum how many that is; all of them are always enough
   */
  public boolean agreed(int quorum) {
    return !against.isEmpty() && against.size() >= Math.min(quorum, nodes);
  }

  /** The word of one whose probes fail; {@code null} when nobody's do. */
  public Word probe() {
    return probe;
  }

  /** The word of one of the others that has ejected it; {@code null} when none has. */
  public Word traffic() {
    return traffic;
  }
}
