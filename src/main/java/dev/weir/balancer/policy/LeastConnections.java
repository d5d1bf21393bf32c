package dev.weir.balancer.policy;

import dev.weir.node.Load;
import java.util.SplittableRandom;

/**
 * Takes the member with the fewest requests in flight for its weight. Of equal ones each is taken
 * in turn. Up to {@value #FULL_SCAN} members all are looked at, of more than these {@value #DRAWS}
 * by chance: the difference is small, and the cost of a pick stays bounded.
 */
final class LeastConnections implements Selector {

  static final int FULL_SCAN = 64;
  static final int DRAWS = 8;

  private final int[] weights;
  private final Load[] loads;
  private final SplittableRandom random;
  private int next;

  LeastConnections(Members members, Setting setting) {
    weights = members.weights();
    loads = members.loads();
    random = setting.random();
    next = Math.floorMod(setting.offset(), weights.length);
  }

  @Override
  public int select(long key) {
    return weights.length <= FULL_SCAN ? scan() : draw();
  }

  private int scan() {
    int size = weights.length;
    int start = next;
    int best = start;
    long bestLoad = loads[start].inFlight();
    for (int i = start + 1; i < size; i++) {
      long load = loads[i].inFlight();
      if (load * weights[best] < bestLoad * weights[i]) {
        best = i;
        bestLoad = load;
      }
    }
    for (int i = 0; i < start; i++) {
      long load = loads[i].inFlight();
      if (load * weights[best] < bestLoad * weights[i]) {
        best = i;
        bestLoad = load;
      }
    }
    next = best + 1 == size ? 0 : best + 1;
    return best;
  }

  private int draw() {
    int best = random.nextInt(weights.length);
    for (int i = 1; i < DRAWS; i++) {
      int other = random.nextInt(weights.length);
      long load = (long) loads[other].inFlight() * weights[best];
      if (load < (long) loads[best].inFlight() * weights[other]) {
        best = other;
      }
    }
    return best;
  }
}
