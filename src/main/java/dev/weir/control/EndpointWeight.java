package dev.weir.control;

import dev.weir.config.EndpointConfig;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import io.vertx.core.json.JsonObject;

/**
 * Gives an endpoint another share of the traffic: {@code upstream}, {@code endpoint} as {@code
 * host:port}, {@code weight} (0 to 1000000; 0 takes no new requests), and {@link Terms}. What is in
 * flight is not touched.
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
    Terms terms = Terms.read(fields);
    JsonObject details = Changes.details(op(), upstream, endpoint).put("weight", weight);
    return caller ->
        changes.apply(
            caller,
            terms,
            details,
            config -> Edits.endpoint(config, upstream, endpoint, each -> each.withWeight(weight)));
  }
}
