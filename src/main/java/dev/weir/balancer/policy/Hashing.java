package dev.weir.balancer.policy;

/** Hashes of 64 bits that spread well over all their bits. Not meant against forgery. */
public final class Hashing {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Hashing() {}

  /** The hash of the characters from {@code from} up to, but not including, {@code to}. */
  public static long hash(CharSequence text, int from, int to) {
    long hash = to - from;
    for (int i = from; i < to; i++) {
      hash = (Long.rotateLeft(hash, 23) ^ text.charAt(i)) * MULTIPLIER;
    }
    return mix(hash);
  }

  /** The hash of a whole text. */
  public static long hash(CharSequence text) {
    return hash(text, 0, text.length());
  }

  /** Turns a number into another, one to one, that looks like chance (SplittableRandom's mix64). */
  public static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
