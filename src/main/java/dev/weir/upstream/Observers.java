package dev.weir.upstream;

import dev.weir.node.Endpoint;
import dev.weir.protection.Guard;
import dev.weir.protection.Protection;
import dev.weir.resilience.Observer;
import dev.weir.resilience.OutlierDetector;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Where one lane tells what it sees of each endpoint. Only for the lane's event loop. */
final class Observers {

  /** An observer and the detector that it belongs to; both are null when nobody listens. */
  private record Entry(OutlierDetector<Endpoint> detector, Observer observer) {}

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
      if (guard != null && !guard.has(endpoint)) {
        return null; // It has left, or is not known there yet.
      }
      entry = new Entry(detector(guard), guard == null ? null : guard.observer(endpoint));
      entries.put(endpoint, entry);
    }
    return entry.observer();
  }

  private static OutlierDetector<Endpoint> detector(Guard guard) {
    return guard == null ? null : guard.detector();
  }

  /**
   * Takes a configuration: forgets what belongs to detectors that are gone.
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
    boolean same = entry.getValue().detector() == detector(guard);
    return same && (guard == null || guard.has(entry.getKey()));
  }

  void tick(long now) {
    protection.tick(now);
  }
}
