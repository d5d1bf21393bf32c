package dev.weir.balancer.policy;

import java.util.Arrays;

/** Members sorted by weight: those of one weight stand together, in their order. */
final class WeightGroups {

  /** With more distinct weights than this, looking at every group costs too much. */
  static final int MOST = 32;

  private WeightGroups() {}

  /** Whether there are few enough distinct weights. */
  static boolean fit(int[] weights) {
    return distinct(weights).length <= MOST;
  }

  /** The weights that there are, each once, the least first. */
  static int[] distinct(int[] weights) {
    return Arrays.stream(weights).sorted().distinct().toArray();
  }

  /** The members of each of the weights. */
  static int[][] members(int[] weights, int[] distinct) {
    int[][] groups = new int[distinct.length][];
    int[] sizes = new int[distinct.length];
    for (int weight : weights) {
      sizes[Arrays.binarySearch(distinct, weight)]++;
    }
    for (int i = 0; i < groups.length; i++) {
      groups[i] = new int[sizes[i]];
      sizes[i] = 0;
    }
    for (int i = 0; i < weights.length; i++) {
      int group = Arrays.binarySearch(distinct, weights[i]);
      groups[group][sizes[group]++] = i;
    }
    return groups;
  }
}
