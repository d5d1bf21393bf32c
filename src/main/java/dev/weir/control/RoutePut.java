package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.RouteConfig;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a route in the place of the one of its id, or behind the others: {@code route}, an object
 * with the keys that it has in the configuration, and {@link Terms}. Where routes match equally
 * well their {@code priority} decides.
 */
final class RoutePut implements Command {

  private static final Shape<RouteConfig> ROUTE = Shapes.object(RouteConfig::read);

  private final Changes changes;

  RoutePut(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "route.put";
  }

  @Override
  public Action read(ObjectReader fields) {
    RouteConfig route = fields.required("route", ROUTE);
    Terms terms = Terms.read(fields);
    return caller -> {
      JsonObject details = new JsonObject().put("op", op()).put("route", route.id());
      return changes.apply(caller, terms, details, config -> put(config, route));
    };
  }

  private static WeirConfig put(WeirConfig config, RouteConfig route) {
    Refusal.ifMissing(config.upstreams().get(route.upstream()), "route/upstream", route.upstream());
    List<RouteConfig> next = new ArrayList<>(config.routes());
    int place = 0;
    while (place < next.size() && !next.get(place).id().equals(route.id())) {
      place++;
    }
    if (place < next.size()) {
      next.set(place, route);
    } else {
      next.add(route);
    }
    return config.with(next);
  }
}
