package dev.weir.node;

import dev.weir.bus.Lanes;
import dev.weir.bus.Role;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Who is deployed, and who waits for whom to go. */
final class Presence {

  private final Lanes lanes;
  private final Map<Role, List<Promise<Void>>> waiters =
      new EnumMap<>(Role.class); // Guarded by this

  Presence(Lanes lanes) {
    this.lanes = lanes;
  }

  void join(Role role, int lane) {
    lanes.join(role, lane);
  }

  void leave(Role role, int lane) {
    List<Promise<Void>> released = List.of();
    synchronized (this) {
      lanes.leave(role, lane);
      if (lanes.count(role) == 0 && waiters.containsKey(role)) {
        released = waiters.remove(role);
      }
    }
    released.forEach(Promise::tryComplete);
  }

  synchronized Future<Void> gone(Role role) {
    if (lanes.count(role) == 0) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    waiters.computeIfAbsent(role, r -> new ArrayList<>()).add(promise);
    return promise.future();
  }
}
