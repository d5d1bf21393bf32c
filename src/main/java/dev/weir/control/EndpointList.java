package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Lists endpoints with the state that they have on this node: those of {@code upstream}, or of all
 * where it is absent.
 */
final class EndpointList implements Question {

  private final Node node;

  EndpointList(Node node) {
    this.node = node;
  }

  @Override
  public String op() {
    return "endpoint.list";
  }

  @Override
  public Action read(ObjectReader fields) {
    String upstream = fields.optional("upstream", null, Shape.text());
    return Action.of(() -> list(upstream));
  }

  private JsonObject list(String wanted) {
    Snapshot snapshot = node.snapshot();
    if (wanted != null) {
      Refusal.ifMissing(snapshot.upstreams().get(wanted), "upstream", wanted);
    }
    List<String> names =
        wanted == null ? List.copyOf(snapshot.config().upstreams().keySet()) : List.of(wanted);
    JsonArray endpoints = new JsonArray();
    for (String name : names) {
      Upstream upstream = snapshot.upstreams().get(name);
      upstream.endpoints().forEach(endpoint -> endpoints.add(line(endpoint)));
    }
    return new JsonObject().put("version", snapshot.version()).put("endpoints", endpoints);
  }

  private static JsonObject line(Endpoint endpoint) {
    return new JsonObject().put("upstream", endpoint.upstream()).mergeIn(endpoint.toJson());
  }
}
