package dev.weir.balancer.policy;

/**
 * Takes the endpoints in turn by weight, spread out: weights 5, 1, 1 give a a b a c a a.
 *
 * <p>Each turn adds every endpoint's weight to its credit, takes the endpoint with the most credit
 * and subtracts the sum of the weights from it, as nginx does. The cost of a turn grows with the
 * number of endpoints.
 */
final class SmoothWeightedRoundRobin implements Selector {

  private final int[] weights;
  private final long[] credits;
  private final long total;

  SmoothWeightedRoundRobin(int[] weights, int offset) {
    this.weights = weights.clone();
    this.credits = new long[weights.length];
    long sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    this.total = sum;
    for (int skip = weights.length == 0 ? 0 : Math.floorMod(offset, weights.length);
        skip > 0;
        skip--) {
      next();
    }
  }

  @Override
  public int next() {
    int best = NONE;
    for (int i = 0; i < credits.length; i++) {
      credits[i] += weights[i];
      if (best == NONE || credits[i] > credits[best]) {
        best = i;
      }
    }
    if (best != NONE) {
      credits[best] -= total;
    }
    return best;
  }
}
