package dev.weir.balancer.policy;

/** Takes the members in turn, whatever their weights. */
final class RoundRobin implements Selector {

  private final int size;
  private int next;

  RoundRobin(Members members, Setting setting) {
    this.size = members.size();
    this.next = Math.floorMod(setting.offset(), size);
  }

  @Override
  public int select(long key) {
    int current = next;
    next = current + 1 == size ? 0 : current + 1;
    return current;
  }
}
