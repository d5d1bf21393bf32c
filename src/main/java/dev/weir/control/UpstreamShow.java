package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.metrics.Traffic;
import dev.weir.metrics.UpstreamPage;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import dev.weir.protection.Protection;
import io.vertx.core.json.JsonObject;

/**
 * Shows one {@code upstream}: each endpoint with its state and traffic, and the configuration in
 * full.
 */
final class UpstreamShow implements Question {

  private final Node node;
  private final Protection protection;

  UpstreamShow(Node node, Protection protection) {
    this.node = node;
    this.protection = protection;
  }

  @Override
  public String op() {
    return "upstream.show";
  }

  @Override
  public Action read(ObjectReader fields) {
    String upstream = fields.required("upstream", Shape.text());
    return Action.of(() -> show(upstream));
  }

  private JsonObject show(String name) {
    Snapshot snapshot = node.snapshot();
    Upstream upstream = Refusal.ifMissing(snapshot.upstreams().get(name), "upstream", name);
    JsonObject page = UpstreamPage.of(upstream, UpstreamPage.balances(node));
    Traffic.of(node, name).addTo(page);
    return protection
        .describe(name, page)
        .put("view", view(name))
        .put("config", Secrets.hide(snapshot.config().upstreams().get(name).toJson()))
        .put("version", snapshot.version());
  }

  /** The number of the last change, and up to which the view of every lane knows. */
  private JsonObject view(String name) {
    return new JsonObject()
        .put("current", node.views().current(name))
        .put("everywhere", node.views().everywhere(name));
  }
}
