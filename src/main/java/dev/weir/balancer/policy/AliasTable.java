package dev.weir.balancer.policy;

import java.util.SplittableRandom;

/**
 * Draws positions by weight in constant time (Vose's alias method): every column holds two
 * positions and where the first one ends; a draw takes a column and a side of it.
 */
final class AliasTable {

  private static final int SCALE = 31;
  private static final long WHOLE = 1L << SCALE;

  private final int size;
  private final int[] limits;
  private final int[] aliases;

  /**
   * @param weights all greater than 0
   */
  AliasTable(int[] weights) {
    size = weights.length;
    limits = new int[size];
    aliases = new int[size];
    long total = 0;
    for (int weight : weights) {
      total += weight;
    }
    fill(weights, total);
  }

  private void fill(int[] weights, long total) {
    double[] heights = new double[size];
    int[] stack = new int[size];
    int low = 0;
    int high = size;
    for (int i = 0; i < size; i++) {
      heights[i] = (double) weights[i] * size / total;
      if (heights[i] < 1) {
        stack[low++] = i;
      } else {
        stack[--high] = i;
      }
    }
    while (low > 0 && high < size) {
      int poor = stack[--low];
      int rich = stack[high++];
      limits[poor] = (int) (heights[poor] * WHOLE);
      aliases[poor] = rich;
      heights[rich] -= 1 - heights[poor];
      if (heights[rich] < 1) {
        stack[low++] = rich;
      } else {
        stack[--high] = rich;
      }
    }
    settle(stack, 0, low);
    settle(stack, high, size);
  }

  /** What is left over fills its column, but for rounding. */
  private void settle(int[] stack, int from, int to) {
    for (int i = from; i < to; i++) {
      limits[stack[i]] = Integer.MAX_VALUE;
      aliases[stack[i]] = stack[i];
    }
  }

  int draw(SplittableRandom random) {
    long bits = random.nextLong();
    int column = (int) ((bits >>> 32) * size >>> 32);
    return (int) (bits & WHOLE - 1) < limits[column] ? column : aliases[column];
  }
}
