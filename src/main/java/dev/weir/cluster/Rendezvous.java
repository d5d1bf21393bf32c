package dev.weir.cluster;

import java.util.Collection;

/**
 * Says which node does a thing that one of them has to do, by rendezvous hashing: every node that
 * knows the same members names the same one, without asking; the things are spread evenly; and when
 * a node goes only what it did moves, when one comes only what it takes over.
 */
public final class Rendezvous {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Rendezvous() {}

  /**
   * The node that does a thing.
   *
   * @param key names the thing
   * @param nodes who may do it, in any order
   * @return {@code null} when nobody may
   */
  public static String owner(String key, Collection<String> nodes) {
    long thing = hash(key);
    String best = null;
    long bestScore = 0;
    for (String node : nodes) {
      long score = mix(thing ^ mix(hash(node)));
      int order = best == null ? 1 : Long.compare(score, bestScore);
      if (order > 0 || order == 0 && node.compareTo(best) > 0) {
        best = node;
        bestScore = score;
      }
    }
    return best;
  }

  /** A number of 64 bits that is the same for a text in every JVM (FNV-1a). */
  public static long hash(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /** Lets every bit of the input change half of those of the result (MurmurHash3's last step). */
  private static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
