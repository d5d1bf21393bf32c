package dev.weir.balancer.policy;

/**
 * Takes the members in turn by weight, spread out: weights 5, 1, 1 give a a b a c a a.
 *
 * <p>Each turn adds every member's weight to its credit, takes the member with the most credit and
 * subtracts the sum of the weights from it, as nginx does. The cost of a turn grows with the number
 * of members.
 */
final class SmoothWeightedRoundRobin implements Selector {

  private final int[] weights;
  private final long[] credits;
  private final long total;

  SmoothWeightedRoundRobin(Members members, Setting setting) {
    this.weights = members.weights();
    this.credits = new long[weights.length];
    this.total = members.totalWeight();
    for (int skip = Math.floorMod(setting.offset(), weights.length); skip > 0; skip--) {
      select(0);
    }
  }

  @Override
  public int select(long key) {
    int best = 0;
    for (int i = 0; i < credits.length; i++) {
      credits[i] += weights[i];
      if (credits[i] > credits[best]) {
        best = i;
      }
    }
    credits[best] -= total;
    return best;
  }
}
