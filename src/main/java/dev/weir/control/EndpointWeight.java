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
final class EndpointWeight extends EndpointChange {

  private static final Shape<Integer> WEIGHT = Shape.integer(0, EndpointConfig.MAX_WEIGHT);

  EndpointWeight(Changes changes) {
    super(changes);
  }

  @Override
  public String op() {
    return "endpoint.weight";
  }

  @Override
  Edit edit(ObjectReader fields, JsonObject details) {
    int weight = fields.required("weight", WEIGHT);
    details.put("weight", weight);
    return Edit.of(each -> each.withWeight(weight));
  }
}
