package dev.weir.balancer.policy;

/**
 * Takes the members in turn by weight, spread out: weights 5, 1, 1 give a a b a c a a.
 *
 * <p>The sequence is nginx's: each turn adds every member's weight to its credit, takes the member
 * with the most credit (of equal ones the first) and subtracts the sum of the weights from it.
 */
final class SmoothWeightedRoundRobin implements Selector {

  /*
   * Members of one weight differ in credit only by how often they were taken, and of those that
   * were taken least often the first is next. So each group of equal weights takes its members in
   * turn, and one credit for a group is enough: that of its next member. It falls only when the
   * turn starts anew, because until then there is another member that was not taken yet. The cost
   * grows with the number of distinct weights, not of members.
   */
  private final int[] weights;
  private final int[][] groups;
  private final int[] turns;
  private final long[] credits;
  private final long total;

  SmoothWeightedRoundRobin(Members members, Setting setting) {
    weights = WeightGroups.distinct(members.weights());
    groups = WeightGroups.members(members.weights(), weights);
    turns = new int[groups.length];
    credits = new long[groups.length];
    total = members.totalWeight();
    for (int skip = Math.floorMod(setting.offset(), members.size()); skip > 0; skip--) {
      select(0);
    }
  }

  @Override
  public int select(long key) {
    int best = 0;
    for (int i = 0; i < credits.length; i++) {
      credits[i] += weights[i];
      if (credits[i] > credits[best] || credits[i] == credits[best] && next(i) < next(best)) {
        best = i;
      }
    }
    int member = next(best);
    if (++turns[best] == groups[best].length) {
      turns[best] = 0;
      credits[best] -= total;
    }
    return member;
  }

  private int next(int group) {
    return groups[group][turns[group]];
  }
}
