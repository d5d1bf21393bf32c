package dev.weir.health;

import dev.weir.cluster.Rendezvous;
import dev.weir.config.HealthConfig;
import dev.weir.config.UpstreamConfig;
import dev.weir.node.Endpoint;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * With whom the health of an upstream is shared: with the nodes that have an upstream of the same
 * name with the same endpoints, probed in the same way. While a change of the configuration makes
 * its way through the cluster, the nodes that have it share, and so do those that don't.
 */
final class Groups {

  /** The fingerprints that were made; those of upstreams that stay are not made again. */
  private Map<Upstream, String> known = Map.of();

  /** The fingerprints of the upstreams that are shared, by name. */
  Map<String, String> of(Snapshot snapshot) {
    Map<Upstream, String> next = new IdentityHashMap<>();
    Map<String, String> fingerprints = new HashMap<>();
    for (Upstream upstream : snapshot.upstreams().values()) {
      if (shares(upstream.config())) {
        String made = known.get(upstream);
        String fingerprint = made == null ? fingerprint(upstream) : made;
        next.put(upstream, fingerprint);
        fingerprints.put(upstream.name(), fingerprint);
      }
    }
    known = next;
    return fingerprints;
  }

  private static boolean shares(UpstreamConfig config) {
    HealthConfig health = config.health();
    boolean finds = !health.mode().equals(HealthConfig.OFF) || config.outlier() != null;
    return finds && health.sharing().equals(HealthConfig.CLUSTER);
  }

  private static String fingerprint(Upstream upstream) {
    List<String> endpoints = upstream.endpoints().stream().map(Endpoint::id).sorted().toList();
    String text =
        new JsonObject()
            .put("upstream", upstream.name())
            .put("endpoints", new JsonArray(endpoints))
            .put("health", upstream.config().toJson().getJsonObject("health"))
            .encode();
    return Long.toHexString(Rendezvous.hash(text));
  }
}
