package dev.weir.body;

import java.util.Arrays;

/** The objects and arrays that are open at a place in JSON: one bit for each. */
final class JsonNesting {

  private final int maxDepth;
  private long[] objects = new long[1];
  private int depth;
  private boolean inObject;

  /**
   * @param maxDepth how many may be open
   */
  JsonNesting(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  /** How many are open. */
  int depth() {
    return depth;
  }

  /** Whether the innermost is an object. */
  boolean inObject() {
    return inObject;
  }

  /** Opens one; {@code false} when that is one too many. */
  boolean push(boolean object) {
    if (depth == maxDepth) {
      return false;
    }
    int word = depth >>> 6;
    if (word == objects.length) {
      objects = Arrays.copyOf(objects, word * 2);
    }
    long bit = 1L << depth;
    objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
    depth++;
    inObject = object;
    return true;
  }

  /** Closes the innermost. */
  void pop() {
    depth--;
    int outer = depth - 1;
    inObject = depth > 0 && (objects[outer >>> 6] >>> outer & 1) != 0;
  }
}
