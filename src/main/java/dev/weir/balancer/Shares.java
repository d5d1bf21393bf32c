package dev.weir.balancer;

/**
 * How much of the traffic each level of an upstream gets, by Envoy's rules for priorities and
 * panic. A level keeps all traffic that reaches it until fewer of its members are healthy than the
 * overprovisioning allows for; what it can't take goes to the next.
 */
final class Shares {

  private static final int WHOLE = 100;

  private final int[] percents;
  private final boolean[] panic;

  /**
   * @param members how many members each level has, in the order of the levels
   * @param healthy how many of these are healthy
   * @param working how many of these work, be it degraded: what panic goes by
   * @param ranks how many of the levels are ranks; the others are the degraded endpoints of a rank
   * @param overprovisioningPercent how much more than their own share the healthy ones can take
   * @param panicPercent a level with fewer that work uses all its members; 0 for never
   */
  Shares(
      int[] members,
      int[] healthy,
      int[] working,
      int ranks,
      int overprovisioningPercent,
      int panicPercent) {
    percents = new int[members.length];
    panic = new boolean[members.length];
    int[] fitness = fitness(members, healthy, overprovisioningPercent);
    int total = total(fitness);
    boolean all = total < WHOLE && findPanic(members, working, ranks, panicPercent);
    for (int i = ranks; i < members.length; i++) {
      fitness[i] = panic[i] ? 0 : fitness[i]; // Its rank uses all its members.
    }
    total = total(fitness);
    if (all) {
      spreadByMembers(members, ranks);
    } else if (total > 0) {
      spreadByFitness(fitness, total);
    }
  }

  private static int total(int[] fitness) {
    int sum = 0;
    for (int each : fitness) {
      sum += each;
    }
    return Math.min(WHOLE, sum);
  }

  /** How much of the whole traffic each level could take. */
  private static int[] fitness(int[] members, int[] healthy, int overprovisioningPercent) {
    int[] fitness = new int[members.length];
    for (int i = 0; i < members.length; i++) {
      if (members[i] > 0) {
        long percent = (long) overprovisioningPercent * healthy[i] / members[i];
        fitness[i] = (int) Math.min(WHOLE, percent);
      }
    }
    return fitness;
  }

  /** Returns whether every rank that has members is in panic. */
  private boolean findPanic(int[] members, int[] working, int ranks, int panicPercent) {
    boolean all = true;
    for (int i = 0; i < members.length; i++) {
      panic[i] = members[i] > 0 && (long) working[i] * WHOLE < (long) panicPercent * members[i];
      all &= panic[i] || members[i] == 0 || i >= ranks;
    }
    return all;
  }

  private void spreadByMembers(int[] members, int ranks) {
    int sum = 0;
    for (int i = 0; i < ranks; i++) {
      sum += members[i];
    }
    int left = WHOLE;
    for (int i = ranks - 1; i >= 0 && sum > 0; i--) {
      percents[i] = (int) ((long) left * members[i] / sum);
      left -= percents[i];
      sum -= members[i];
    }
  }

  private void spreadByFitness(int[] fitness, int total) {
    int left = WHOLE;
    int first = -1;
    for (int i = 0; i < fitness.length; i++) {
      if (first < 0 && fitness[i] > 0) {
        first = i;
      }
      percents[i] = Math.min(left, fitness[i] * WHOLE / total);
      left -= percents[i];
    }
    percents[first] += left; // What rounding left over.
  }

  /** The share of a level in percent; they sum up to 100, or to 0 when nobody can take traffic. */
  int percent(int level) {
    return percents[level];
  }

  /** Whether a level uses its unhealthy members as well. */
  boolean panic(int level) {
    return panic[level];
  }
}
