package dev.weir.balancer.policy;

import dev.weir.node.Load;

/**
 * Fills the first member up to a limit, then the next, so that the last ones stay idle and can be
 * switched off. When all are full, the one with the fewest requests in flight gets more.
 */
final class First implements Selector {

  private final Load[] loads;
  private final int limit;

  /**
   * @param limit how many requests a member gets before the next one's turn, at least 1
   */
  First(Members members, int limit) {
    this.loads = members.loads();
    this.limit = limit;
  }

  @Override
  public int select(long key) {
    int least = 0;
    int leastLoad = Integer.MAX_VALUE;
    for (int i = 0; i < loads.length; i++) {
      int load = loads[i].inFlight();
      if (load < limit) {
        return i;
      }
      if (load < leastLoad) {
        least = i;
        leastLoad = load;
      }
    }
    return least;
  }
}
