package dev.weir.balancer.policy;

/**
 * Takes the members by weight, spread out, whatever the number of distinct weights: every member
 * has a deadline that moves on by the inverse of its weight when it is taken, and the earliest is
 * next. The cost of a pick grows with the logarithm of the number of members.
 */
final class EarliestDeadline implements Selector {

  /** The step of a member of weight 1; steps of the heaviest still have eight digits. */
  private static final long STEP = 1L << 52;

  private final long[] deadlines;
  private final long[] steps;
  private final int[] heap;

  EarliestDeadline(Members members, Setting setting) {
    this(members, setting, 0);
  }

  /**
   * @param now where the deadlines start; they may pass the greatest long
   */
  EarliestDeadline(Members members, Setting setting, long now) {
    int size = members.size();
    deadlines = new long[size];
    steps = new long[size];
    heap = new int[size];
    for (int i = 0; i < size; i++) {
      steps[i] = STEP / members.weights()[i];
      deadlines[i] = now + steps[i];
      heap[i] = i;
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      sink(i);
    }
    for (int skip = Math.floorMod(setting.offset(), size); skip > 0; skip--) {
      select(0);
    }
  }

  @Override
  public int select(long key) {
    int first = heap[0];
    deadlines[first] += steps[first];
    sink(0);
    return first;
  }

  private void sink(int from) {
    int member = heap[from];
    int hole = from;
    int child;
    while ((child = 2 * hole + 1) < heap.length) {
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], member)) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = member;
  }

  /** By difference, so that deadlines may wrap around. */
  private boolean isBefore(int one, int other) {
    long difference = deadlines[one] - deadlines[other];
    return difference < 0 || difference == 0 && one < other;
  }
}
