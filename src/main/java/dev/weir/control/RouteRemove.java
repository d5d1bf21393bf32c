package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.RouteConfig;
import dev.weir.config.Shape;
import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Removes a route: {@code route}, its id, and {@link Terms}. What is in flight is not touched; what
 * it would have matched goes to the next that does.
 */
final class RouteRemove implements Command {

  private final Changes changes;

  RouteRemove(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "route.remove";
  }

  @Override
  public Action read(ObjectReader fields) {
    String id = fields.required("route", Shape.text());
    Terms terms = Terms.read(fields);
    JsonObject details = new JsonObject().put("op", op()).put("route", id);
    return caller -> changes.apply(caller, terms, details, config -> removed(config, id));
  }

  private static WeirConfig removed(WeirConfig config, String id) {
    List<RouteConfig> left =
        config.routes().stream().filter(route -> !route.id().equals(id)).toList();
    boolean known = left.size() < config.routes().size();
    Refusal.ifMissing(known ? id : null, "route", id);
    return config.with(left);
  }
}
