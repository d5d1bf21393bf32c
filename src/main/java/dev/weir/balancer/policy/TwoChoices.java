package dev.weir.balancer.policy;

import java.util.SplittableRandom;

/**
 * Draws two members by weight and takes the better one: nearly as good as looking at all of them,
 * and without everybody running to the same best one (Mitzenmacher, The Power of Two Choices in
 * Randomized Load Balancing, 1996).
 */
abstract class TwoChoices implements Selector {

  /** After this many equal draws the one is taken: the others hardly weigh anything. */
  private static final int MAX_DRAWS = 4;

  private final int size;
  private final AliasTable table;
  private final SplittableRandom random;

  TwoChoices(Members members, Setting setting) {
    size = members.size();
    table = new AliasTable(members.weights());
    random = setting.random();
  }

  @Override
  public final int select(long key) {
    int one = table.draw(random);
    if (size == 1) {
      return one;
    }
    int other = one;
    for (int i = 0; i < MAX_DRAWS && other == one; i++) {
      other = table.draw(random);
    }
    return other != one && isBetter(other, one) ? other : one;
  }

  /** Whether one member is strictly better than another; never asked of one and itself. */
  abstract boolean isBetter(int one, int other);
}
