package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.RouteConfig;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Lists the routes in the order of the configuration, in full. */
final class RouteList implements Question {

  private final Node node;

  RouteList(Node node) {
    this.node = node;
  }

  @Override
  public String op() {
    return "route.list";
  }

  @Override
  public Action read(ObjectReader fields) {
    return Action.of(this::list);
  }

  private JsonObject list() {
    Snapshot snapshot = node.snapshot();
    JsonArray routes = new JsonArray();
    snapshot.config().routes().stream().map(RouteConfig::toJson).forEach(routes::add);
    return new JsonObject().put("version", snapshot.version()).put("routes", routes);
  }
}
