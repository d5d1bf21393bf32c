package dev.weir.balancer.policy;

import java.util.SplittableRandom;

/** Takes a member by chance, as often as its weight says. */
final class WeightedRandom implements Selector {

  private final AliasTable table;
  private final SplittableRandom random;

  WeightedRandom(Members members, Setting setting) {
    table = new AliasTable(members.weights());
    random = setting.random();
  }

  @Override
  public int select(long key) {
    return table.draw(random);
  }
}
