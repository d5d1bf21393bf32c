package dev.weir.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The objects of one kind, by what they count and by lane. */
final class Handles<K, T extends Cells> {

  private final Map<K, Map<Integer, T>> lanes = new LinkedHashMap<>(); // Guarded by this
  private Set<K> doomed = new HashSet<>(); // Guarded by this

  /** The object of a lane, made when there is none. */
  synchronized T get(K key, int lane, Supplier<T> maker) {
    return lanes.computeIfAbsent(key, k -> new HashMap<>()).computeIfAbsent(lane, l -> maker.get());
  }

  /**
   * Forgets what is not in use for the second time in a row. A key that comes back at once keeps
   * its numbers, also on a lane that never noticed that it was gone.
   */
  synchronized void retain(Predicate<K> used) {
    Set<K> unused = new HashSet<>(lanes.keySet());
    unused.removeIf(used);
    lanes.keySet().removeIf(key -> unused.contains(key) && doomed.contains(key));
    doomed = unused;
  }

  /** The sums over all lanes, for everything that was ever written. */
  Map<K, long[]> sums() {
    return sums(key -> true);
  }

  /** The same of some keys. */
  Map<K, long[]> sums(Predicate<K> wanted) {
    Map<K, long[]> result = new LinkedHashMap<>();
    copy(wanted)
        .forEach(
            (key, cells) -> {
              long[] sum = new long[cells.get(0).size()];
              boolean written = false;
              for (T lane : cells) {
                written |= lane.addTo(sum);
              }
              if (written) {
                result.put(key, sum);
              }
            });
    return result;
  }

  private synchronized Map<K, List<T>> copy(Predicate<K> wanted) {
    Map<K, List<T>> result = new LinkedHashMap<>();
    lanes.forEach(
        (key, cells) -> {
          if (wanted.test(key)) {
            result.put(key, new ArrayList<>(cells.values()));
          }
        });
    return result;
  }
}
