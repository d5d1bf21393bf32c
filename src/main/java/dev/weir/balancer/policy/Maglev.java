package dev.weir.balancer.policy;

import java.util.Arrays;

/**
 * A table whose places the members fill in turn, each by its own permutation of the places, as
 * often as its weight says. The shares are the most even of all; when members change, a few hashes
 * of others move as well (Eisenbud et al., Maglev: A Fast and Reliable Software Network Load
 * Balancer, 2016, section 3.4).
 */
final class Maglev implements Consistent {

  /** A prime number, so that every step reaches every place. */
  static final int SIZE = 65_537;

  private static final int FREE = -1;
  private static final int NOBODY = -1;

  private final int[] places = new int[SIZE];

  Maglev(Members members) {
    Arrays.fill(places, FREE);
    int size = members.size();
    int[] next = new int[size];
    int[] steps = new int[size];
    for (int i = 0; i < size; i++) {
      long hash = Hashing.hash(members.names()[i]);
      next[i] = (int) ((hash >>> 32) % SIZE);
      steps[i] = 1 + (int) ((hash & 0xFFFF_FFFFL) % (SIZE - 1));
    }
    fill(members.weights(), next, steps);
  }

  /**
   * The heaviest member takes a place in every round, the others as often as they weigh. A calendar
   * has the members of every round as a linked list, so that a round costs what it takes.
   */
  private void fill(int[] weights, int[] next, int[] steps) {
    long heaviest = Arrays.stream(weights).max().orElseThrow();
    int[] calendar = new int[SIZE + 1];
    Arrays.fill(calendar, NOBODY);
    int[] following = new int[weights.length];
    long[] taken = new long[weights.length];
    for (int i = weights.length - 1; i >= 0; i--) {
      enter(calendar, following, i, round(1, heaviest, weights[i]));
    }
    int left = SIZE;
    for (int round = 1; left > 0; round++) {
      int member = calendar[round];
      while (member != NOBODY && left > 0) {
        int after = following[member];
        next[member] = take(member, next[member], steps[member]);
        left--;
        taken[member]++;
        enter(calendar, following, member, round(taken[member] + 1, heaviest, weights[member]));
        member = after;
      }
    }
  }

  /** The round in which a member takes its n-th place. */
  private static long round(long n, long heaviest, int weight) {
    return (n * heaviest + weight - 1) / weight;
  }

  /** The table is full before rounds that the calendar does not have. */
  private static void enter(int[] calendar, int[] following, int member, long round) {
    if (round < calendar.length) {
      following[member] = calendar[(int) round];
      calendar[(int) round] = member;
    }
  }

  /** Takes the member's next place that is free; returns where it stands then. */
  private int take(int member, int from, int step) {
    int place = from;
    while (places[place] != FREE) {
      place = after(place, step);
    }
    places[place] = member;
    return after(place, step);
  }

  private static int after(int place, int step) {
    int next = place + step;
    return next >= SIZE ? next - SIZE : next;
  }

  @Override
  public int member(long hash) {
    return places[(int) ((hash >>> 32) * SIZE >>> 32)];
  }
}
