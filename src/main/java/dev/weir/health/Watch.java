package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.HealthConfig;
import dev.weir.node.Endpoint;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import io.vertx.core.Future;
import java.util.IdentityHashMap;
import java.util.Map;

/** The endpoints that are probed, kept in step with the configuration. */
final class Watch {

  private record Watched(HealthConfig config, Prober prober) {}

  private final Probers probers;
  private final Verdicts verdicts;
  private Map<Endpoint, Watched> watched = new IdentityHashMap<>();
  private Snapshot snapshot;

  Watch(Probers probers, Verdicts verdicts) {
    this.probers = probers;
    this.verdicts = verdicts;
  }

  /** Takes a configuration. Endpoints whose probes stay the same keep their counts. */
  void refresh(Snapshot current) {
    if (current == snapshot) {
      return;
    }
    snapshot = current;
    Map<Endpoint, Watched> before = watched;
    watched = new IdentityHashMap<>();
    current.upstreams().values().forEach(upstream -> refresh(upstream, before));
    before.values().forEach(gone -> gone.prober().stop());
  }

  private void refresh(Upstream upstream, Map<Endpoint, Watched> before) {
    HealthConfig health = upstream.config().health();
    for (Endpoint endpoint : upstream.endpoints()) {
      if (!health.mode().equals(HealthConfig.OFF)) {
        Watched known = before.get(endpoint);
        boolean same = known != null && known.config().equals(health);
        watched.put(
            endpoint, same ? before.remove(endpoint) : begin(endpoint, health, known == null));
      } else {
        verdicts.accept(endpoint, true, "it is not probed any longer");
      }
    }
  }

  private Watched begin(Endpoint endpoint, HealthConfig health, boolean isNew) {
    ActiveHealthConfig config = health.active();
    if (isNew && !config.initial().equals(ActiveHealthConfig.START_UP)) {
      verdicts.accept(endpoint, false, "it was not probed yet");
    }
    boolean hybrid = health.mode().equals(HealthConfig.HYBRID);
    Prober prober = probers.prober(endpoint, config, isNew, listener(endpoint, hybrid));
    prober.start();
    return new Watched(health, prober);
  }

  private Prober.Listener listener(Endpoint endpoint, boolean hybrid) {
    return new Prober.Listener() {
      @Override
      public void flipped(boolean up, String reason) {
        verdicts.accept(endpoint, up, reason);
      }

      @Override
      public void succeeded() {
        if (hybrid) {
          verdicts.confirmed(endpoint);
        }
      }
    };
  }

  Future<Void> stop() {
    watched.values().forEach(each -> each.prober().stop());
    watched.clear();
    return probers.close();
  }
}
