package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Lists the upstreams, each with the number of its endpoints and of those that may be used. */
final class UpstreamList implements Question {

  private final Node node;

  UpstreamList(Node node) {
    this.node = node;
  }

  @Override
  public String op() {
    return "upstream.list";
  }

  @Override
  public Action read(ObjectReader fields) {
    return Action.of(this::list);
  }

  private JsonObject list() {
    Snapshot snapshot = node.snapshot();
    JsonArray upstreams = new JsonArray();
    for (String name : snapshot.config().upstreams().keySet()) {
      upstreams.add(line(snapshot.upstreams().get(name)));
    }
    return new JsonObject().put("version", snapshot.version()).put("upstreams", upstreams);
  }

  private static JsonObject line(Upstream upstream) {
    return new JsonObject()
        .put("upstream", upstream.name())
        .put("policy", upstream.config().balancer().policy())
        .put("endpoints", upstream.endpoints().size())
        .put("usable", upstream.usable());
  }
}
