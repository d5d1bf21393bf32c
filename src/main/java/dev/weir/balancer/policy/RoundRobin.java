package dev.weir.balancer.policy;

/** Takes the endpoints in turn, whatever their weights. */
final class RoundRobin implements Selector {

  private final int size;
  private int next;

  RoundRobin(int[] weights, int offset) {
    this.size = weights.length;
    this.next = size == 0 ? 0 : Math.floorMod(offset, size);
  }

  @Override
  public int next() {
    if (size == 0) {
      return NONE;
    }
    int current = next;
    next = current + 1 == size ? 0 : current + 1;
    return current;
  }
}
