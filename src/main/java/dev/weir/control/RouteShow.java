package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.RouteConfig;
import dev.weir.config.Shape;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import io.vertx.core.json.JsonObject;

/** Shows one {@code route}, by its id, in full. */
final class RouteShow implements Question {

  private final Node node;

  RouteShow(Node node) {
    this.node = node;
  }

  @Override
  public String op() {
    return "route.show";
  }

  @Override
  public Action read(ObjectReader fields) {
    String route = fields.required("route", Shape.text());
    return Action.of(() -> show(route));
  }

  private JsonObject show(String id) {
    Snapshot snapshot = node.snapshot();
    RouteConfig found =
        snapshot.config().routes().stream()
            .filter(route -> route.id().equals(id))
            .findAny()
            .orElse(null);
    return new JsonObject()
        .put("version", snapshot.version())
        .put("route", Refusal.ifMissing(found, "route", id).toJson());
  }
}
