package dev.weir.balancer.policy;

import dev.weir.node.Load;

/**
 * What a selector chooses from: at least one member. The same position in every array is the same
 * member. The arrays belong to the selector and are not changed.
 *
 * @param names what tells the members apart for ever, like {@code 10.0.0.7:8080}
 * @param weights the share of each relative to the others, all greater than 0
 * @param loads how busy each is
 */
public record Members(String[] names, int[] weights, Load[] loads) {

  /** How many there are. */
  public int size() {
    return weights.length;
  }

  /** The sum of the weights. */
  public long totalWeight() {
    long sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    return sum;
  }

  /** Whether all weights are the same. */
  public boolean even() {
    for (int weight : weights) {
      if (weight != weights[0]) {
        return false;
      }
    }
    return true;
  }
}
