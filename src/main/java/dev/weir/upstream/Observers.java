package dev.weir.upstream;

import dev.weir.node.Endpoint;
import dev.weir.protection.Guard;
import dev.weir.protection.Protection;
import dev.weir.resilience.Observer;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Where one lane tells what it sees of each endpoint. Only for the lane's event loop. */
final class Observers {

  /** An observer, null when nobody listens, and the guard that it belongs to. */
  private record Entry(Guard guard, Observer observer) {}

  private final Protection protection;
  private final Map<Endpoint, Entry> entries = new IdentityHashMap<>();

  Observers(Protection protection) {
    this.protection = protection;
  }

  /** Who hears of attempts at an endpoint; {@code null} for nobody. */
  Observer of(Endpoint endpoint) {
    Entry entry = entries.get(endpoint);
    if (entry == null) {
      Guard guard = protection.guard(endpoint.upstream());
      entry = new Entry(guard, guard == null ? null : guard.observer(endpoint));
      entries.put(endpoint, entry);
    }
    return entry.observer();
  }

  /**
   * Takes a configuration: forgets what belongs to guards that are gone.
   *
   * @param touched the names of the upstreams that are not what they were
   */
  void refresh(Set<String> touched) {
    protection.refresh();
    entries
        .entrySet()
        .removeIf(
            each -> {
              String upstream = each.getKey().upstream();
              return touched.contains(upstream) && !isOf(each, protection.guard(upstream));
            });
  }

  private static boolean isOf(Map.Entry<Endpoint, Entry> entry, Guard guard) {
    return entry.getValue().guard() == guard && (guard == null || guard.has(entry.getKey()));
  }

  void tick(long now) {
    protection.tick(now);
  }
}
