package dev.weir.balancer.policy;

import dev.weir.node.Load;

/**
 * Selects by a consistent table, but gives no member more than its share of what is in flight times
 * a factor: what is too much goes to places that the hash jumps to (Chen, Coleman, Shrivastava,
 * Revisiting Consistent Hashing with Bounded Loads, 2019).
 */
final class BoundedLoad implements Selector {

  /** So many jumps find a free member as good as always; after them all are looked at. */
  private static final int JUMPS = 16;

  private final Consistent table;
  private final int[] weights;
  private final Load[] loads;
  private final double factor;

  /**
   * @param percent of the average that a member may have in flight, at least 100
   */
  BoundedLoad(Consistent table, Members members, int percent) {
    this.table = table;
    weights = members.weights();
    loads = members.loads();
    factor = percent / 100.0 / members.totalWeight();
  }

  @Override
  public int select(long key) {
    long hash = Hashing.mix(key);
    double share = factor * (loads[0].whole().inFlight() + 1);
    for (int i = 0; i < JUMPS; i++) {
      int member = table.member(hash);
      if (hasRoom(member, share)) {
        return member;
      }
      hash = Hashing.mix(hash + 1);
    }
    return scan(table.member(hash), share);
  }

  /** Whether one more does not bring it over the cap, rounded up. */
  private boolean hasRoom(int member, double share) {
    return loads[member].inFlight() + 1 <= Math.ceil(share * weights[member]);
  }

  private int scan(int start, double share) {
    for (int i = 0; i < weights.length; i++) {
      int member = (start + i) % weights.length;
      if (hasRoom(member, share)) {
        return member;
      }
    }
    return start; // Other lanes took the room in the meantime.
  }
}
