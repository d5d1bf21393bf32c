package dev.weir.metrics;

import dev.weir.config.EndpointConfig;
import dev.weir.config.UpstreamConfig;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the picks of one upstream are spread since its configuration changed last.
 *
 * <p>The imbalance is the most picks that an endpoint got for its weight, over the mean: 1 when the
 * shares are what the weights say, the number of endpoints when one gets all. Endpoints that stand
 * by for others count only when they were picked.
 */
public final class Balance {

  private static final long[] NOTHING = new long[2];

  private final UpstreamConfig config;
  private final Map<String, long[]> picks = new LinkedHashMap<>();
  private final long[] totals = new long[2];
  private long agreed;
  private long disagreed;

  /**
   * @param now the cells of the endpoints
   * @param before what they were when the configuration changed
   */
  Balance(UpstreamConfig config, Map<EndpointKey, long[]> now, Map<EndpointKey, long[]> before) {
    this.config = config;
    for (EndpointConfig endpoint : config.endpoints()) {
      EndpointKey key = new EndpointKey(config.name(), endpoint.id());
      long[] cells = now.getOrDefault(key, NOTHING).clone();
      long[] base = before.getOrDefault(key, NOTHING);
      for (int i = 0; i < cells.length; i++) {
        cells[i] -= base[i];
        totals[i] += cells[i];
      }
      picks.put(endpoint.id(), cells);
    }
  }

  void decisions(long agreed, long disagreed) {
    this.agreed = agreed;
    this.disagreed = disagreed;
  }

  /** The imbalance of the policy; 1 when nothing was picked. */
  public double imbalance() {
    return imbalance(PickMetrics.PICKS);
  }

  /** The imbalance that the shadow policy would have. */
  public double shadowImbalance() {
    return imbalance(PickMetrics.SHADOW);
  }

  boolean shadowed() {
    return config.balancer().shadow().enabled();
  }

  private double imbalance(int cell) {
    double most = 0;
    double sum = 0;
    int members = 0;
    for (EndpointConfig endpoint : config.endpoints()) {
      long own = picks.get(endpoint.id())[cell];
      if (endpoint.weight() > 0 && (own > 0 || !isStandby(endpoint))) {
        double picksForWeight = (double) own / endpoint.weight();
        most = Math.max(most, picksForWeight);
        sum += picksForWeight;
        members++;
      }
    }
    return sum == 0 ? 1 : most * members / sum;
  }

  /** Whether it may be as it should be that an endpoint gets nothing. */
  private boolean isStandby(EndpointConfig endpoint) {
    return endpoint.backup() || endpoint.priority() > 0 || config.balancer().preferZone();
  }

  /** What an operator sees of one endpoint. */
  public JsonObject endpoint(String id) {
    long[] cells = picks.getOrDefault(id, NOTHING);
    JsonObject json = new JsonObject();
    json.put("picks", cells[PickMetrics.PICKS]).put("share", share(cells, PickMetrics.PICKS));
    if (shadowed()) {
      json.put("shadowPicks", cells[PickMetrics.SHADOW]);
      json.put("shadowShare", share(cells, PickMetrics.SHADOW));
    }
    return json;
  }

  private double share(long[] cells, int cell) {
    return totals[cell] == 0 ? 0 : (double) cells[cell] / totals[cell];
  }

  /** What an operator sees of the upstream. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject().put("picks", totals[PickMetrics.PICKS]).put("imbalance", imbalance());
    if (shadowed()) {
      long decisions = agreed + disagreed;
      json.put(
          "shadow",
          new JsonObject()
              .put("policy", config.balancer().shadow().policy())
              .put("decisions", decisions)
              .put("disagreement", decisions == 0 ? 0 : (double) disagreed / decisions)
              .put("imbalance", shadowImbalance()));
    }
    return json;
  }
}
