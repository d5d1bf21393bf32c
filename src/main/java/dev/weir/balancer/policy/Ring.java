package dev.weir.balancer.policy;

/**
 * Points of every member on a ring of hashes; a hash belongs to the next point. When a member comes
 * or goes, only the hashes of its points move (Karger et al., Consistent Hashing and Random Trees,
 * 1997).
 *
 * <p>The ring is cut into buckets, twice as many as points, so that a look-up starts next to its
 * end instead of searching the whole.
 */
final class Ring implements Consistent {

  /** Points of a member of average weight. */
  private static final int POINTS = 100;

  /** With few members each has more, so that there are never less than 1024 in all. */
  private static final int POINTS_OF_FEW = 1024;

  private static final int FEW = 11;

  private final long[] points;
  private final int[] owners;
  private final int[] buckets;
  private final int shift;

  Ring(Members members) {
    int[] counts = counts(members);
    int total = 0;
    for (int count : counts) {
      total += count;
    }
    points = new long[total];
    owners = new int[total];
    int bits = 32 - Integer.numberOfLeadingZeros(total);
    shift = 64 - bits;
    buckets = new int[(1 << bits) + 1];
    place(members.names(), counts);
  }

  /** How many points each member has: as many as it weighs, and one at least. */
  private static int[] counts(Members members) {
    int size = members.size();
    double average = (double) members.totalWeight() / size;
    int points = size < FEW ? POINTS_OF_FEW : POINTS;
    int[] counts = new int[size];
    for (int i = 0; i < size; i++) {
      counts[i] = (int) Math.max(1, Math.round(points * members.weights()[i] / average));
    }
    return counts;
  }

  /** Sorts the points by bucket, then within each. */
  private void place(String[] names, int[] counts) {
    long[] seeds = new long[names.length];
    for (int i = 0; i < names.length; i++) {
      seeds[i] = Hashing.hash(names[i]);
      for (int j = 0; j < counts[i]; j++) {
        buckets[bucket(point(seeds[i], j)) + 1]++;
      }
    }
    for (int i = 1; i < buckets.length; i++) {
      buckets[i] += buckets[i - 1];
    }
    int[] ends = buckets.clone();
    for (int i = 0; i < names.length; i++) {
      for (int j = 0; j < counts[i]; j++) {
        long point = point(seeds[i], j);
        int bucket = bucket(point);
        insert(buckets[bucket], ends[bucket]++, point, i);
      }
    }
  }

  private static long point(long seed, int number) {
    return Hashing.mix(seed + number * 0x9E3779B97F4A7C15L);
  }

  private int bucket(long hash) {
    return (int) (hash >>> shift);
  }

  /** Puts a point among those of its bucket. Members with one hash go by their place. */
  private void insert(int start, int end, long point, int owner) {
    int i = end;
    while (i > start && Long.compareUnsigned(points[i - 1], point) > 0) {
      points[i] = points[i - 1];
      owners[i] = owners[i - 1];
      i--;
    }
    points[i] = point;
    owners[i] = owner;
  }

  @Override
  public int member(long hash) {
    int i = buckets[bucket(hash)];
    while (i < points.length && Long.compareUnsigned(points[i], hash) < 0) {
      i++;
    }
    return owners[i == points.length ? 0 : i];
  }

  /** How many points there are. */
  int size() {
    return points.length;
  }
}
