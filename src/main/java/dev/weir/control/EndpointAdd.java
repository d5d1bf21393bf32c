package dev.weir.control;

import dev.weir.config.EndpointConfig;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import dev.weir.config.UpstreamConfig;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds an endpoint: {@code upstream}, {@code endpoint} as an object with the keys that it has in
 * the configuration, and {@link Terms}. With slow start it gets its share bit by bit.
 */
final class EndpointAdd implements Command {

  private static final Shape<EndpointConfig> ENDPOINT = Shapes.object(EndpointConfig::read);

  private final Changes changes;

  EndpointAdd(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "endpoint.add";
  }

  @Override
  public Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    EndpointConfig endpoint = fields.required("endpoint", ENDPOINT);
    Terms terms = Terms.read(fields);
    return caller -> {
      JsonObject details =
          Changes.details(op(), upstream, endpoint.id()).put("weight", endpoint.weight());
      return changes.apply(
          caller,
          terms,
          details,
          config -> Edits.upstream(config, upstream, each -> added(each, endpoint)));
    };
  }

  private static UpstreamConfig added(UpstreamConfig upstream, EndpointConfig endpoint) {
    if (Edits.find(upstream, endpoint.id()) != null) {
      throw Refusal.exists("endpoint", endpoint.id());
    }
    List<EndpointConfig> endpoints = new ArrayList<>(upstream.endpoints());
    endpoints.add(endpoint);
    return upstream.with(endpoints);
  }
}
