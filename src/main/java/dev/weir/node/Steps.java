package dev.weir.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which upstreams the last changes have touched, so that two snapshots can be compared without a
 * look at all that they share.
 *
 * @param last the number of the last change
 * @param touched the names that each of the last changes has touched, the newest last
 */
record Steps(long last, List<Set<String>> touched) {

  /** How many changes are remembered; who has missed more has to look at everything. */
  static final int MOST = 64;

  static final Steps NONE = new Steps(0, List.of());

  /** With one more change. */
  Steps and(Set<String> names) {
    List<Set<String>> next = new ArrayList<>(touched);
    next.add(Set.copyOf(names));
    if (next.size() > MOST) {
      next.remove(0);
    }
    return new Steps(last + 1, List.copyOf(next));
  }

  /** The same without a memory of what was touched: from there, nobody knows what differs. */
  Steps forgotten() {
    return new Steps(last + 1, List.of());
  }

  /** The names that may differ between here and there; null when that is not known any longer. */
  Set<String> between(Steps other) {
    if (other.last > last) {
      return other.between(this);
    }
    long missed = last - other.last;
    if (missed > touched.size()) {
      return null;
    }
    Set<String> names = new HashSet<>();
    touched.subList(touched.size() - (int) missed, touched.size()).forEach(names::addAll);
    return names;
  }
}
