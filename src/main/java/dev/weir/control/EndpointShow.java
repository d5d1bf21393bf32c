package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import io.vertx.core.json.JsonObject;

/**
 * Shows one endpoint, {@code upstream} and {@code endpoint} as {@code host:port}: the state that it
 * has on this node, whether it may be picked, and its configuration.
 */
final class EndpointShow implements Question {

  private final Node node;

  EndpointShow(Node node) {
    this.node = node;
  }

  @Override
  public String op() {
    return "endpoint.show";
  }

  @Override
  public Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    String endpoint = fields.required("endpoint", Shape.text());
    return Action.of(() -> show(upstream, endpoint));
  }

  private JsonObject show(String name, String id) {
    Snapshot snapshot = node.snapshot();
    Upstream upstream = Refusal.ifMissing(snapshot.upstreams().get(name), "upstream", name);
    Endpoint endpoint = Refusal.ifMissing(upstream.endpoint(id), "endpoint", id);
    return new JsonObject()
        .put("version", snapshot.version())
        .put("upstream", name)
        .mergeIn(endpoint.toJson())
        .put("usable", endpoint.usable())
        .put("config", endpoint.config().toJson());
  }
}
