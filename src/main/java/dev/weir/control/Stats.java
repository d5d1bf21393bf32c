package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;

/** Says in a few numbers how the node does. */
final class Stats implements Question {

  private final Node node;

  Stats(Node node) {
    this.node = node;
  }

  @Override
  public String op() {
    return "stats";
  }

  @Override
  public Action read(ObjectReader fields) {
    return Action.of(this::stats);
  }

  private JsonObject stats() {
    Snapshot snapshot = node.snapshot();
    Collection<Upstream> upstreams = snapshot.upstreams().values();
    List<Endpoint> endpoints =
        upstreams.stream().flatMap(upstream -> upstream.endpoints().stream()).toList();
    return new JsonObject()
        .put("version", snapshot.version())
        .put("node", node.id())
        .put("ready", node.ready())
        .put("draining", node.draining())
        .put("ports", new JsonArray(node.ports().listeners()))
        .put("routes", snapshot.config().routes().size())
        .put("upstreams", upstreams.size())
        .put("endpoints", endpoints.size())
        .put("usable", endpoints.stream().filter(Endpoint::usable).count())
        .put("inFlight", upstreams.stream().mapToInt(each -> each.load().inFlight()).sum());
  }
}
