package dev.weir.control;

import dev.weir.config.EndpointConfig;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.UpstreamConfig;
import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Gives an endpoint another share of the traffic: {@code upstream}, {@code endpoint} as {@code
 * host:port}, {@code weight} (0 to 1000000; 0 takes no new requests), {@code ifVersion} (default:
 * any). What is in flight is not touched.
 */
final class EndpointWeight implements Command {

  private static final Shape<Integer> WEIGHT = Shape.integer(0, EndpointConfig.MAX_WEIGHT);

  private final Changes changes;

  EndpointWeight(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "endpoint.weight";
  }

  @Override
  public Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    String endpoint = fields.required("endpoint", Shape.text());
    int weight = fields.required("weight", WEIGHT);
    Long ifVersion = Changes.ifVersion(fields);
    JsonObject details =
        new JsonObject()
            .put("op", op())
            .put("upstream", upstream)
            .put("endpoint", endpoint)
            .put("weight", weight);
    return () ->
        changes.apply(ifVersion, details, config -> edit(config, upstream, endpoint, weight));
  }

  private static WeirConfig edit(WeirConfig config, String name, String endpoint, int weight) {
    UpstreamConfig upstream = Refusal.ifMissing(config.upstreams().get(name), "upstream", name);
    List<EndpointConfig> endpoints = upstream.endpoints();
    EndpointConfig known =
        endpoints.stream().filter(each -> each.id().equals(endpoint)).findAny().orElse(null);
    Refusal.ifMissing(known, "endpoint", endpoint);
    return config.with(
        upstream.with(
            endpoints.stream()
                .map(each -> each == known ? each.withWeight(weight) : each)
                .toList()));
  }
}
