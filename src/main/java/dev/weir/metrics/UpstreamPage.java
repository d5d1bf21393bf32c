package dev.weir.metrics;

import dev.weir.node.Node;
import dev.weir.node.Upstream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What operators see of an upstream: its state, and how its traffic is spread. */
public final class UpstreamPage {

  private UpstreamPage() {}

  /** The upstream's state with its picks, for as long as these are known. */
  public static JsonObject of(Upstream upstream, Map<String, Balance> balances) {
    JsonObject json = upstream.toJson();
    Balance balance = balances.get(upstream.name());
    if (balance != null) {
      JsonArray endpoints = json.getJsonArray("endpoints");
      for (int i = 0; i < endpoints.size(); i++) {
        JsonObject endpoint = endpoints.getJsonObject(i);
        endpoint.mergeIn(balance.endpoint(endpoint.getString("endpoint")));
      }
      json.put("balance", balance.toJson());
    }
    return json;
  }

  /** How the picks of every upstream of a node are spread. */
  public static Map<String, Balance> balances(Node node) {
    return GatewayMetrics.of(node).balances();
  }
}
