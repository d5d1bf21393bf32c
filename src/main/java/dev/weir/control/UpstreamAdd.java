package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import dev.weir.config.UpstreamConfig;
import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonObject;

/**
 * Adds an upstream: {@code upstream}, its name; {@code config}, an object with the keys that it has
 * in the configuration; and {@link Terms}. It gets traffic once a route leads to it.
 */
final class UpstreamAdd implements Command {

  private final Changes changes;

  UpstreamAdd(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "upstream.add";
  }

  @Override
  public Action read(ObjectReader fields) {
    String name = fields.required("upstream", UpstreamConfig.NAME);
    Shape<UpstreamConfig> shape = Shapes.object(each -> UpstreamConfig.read(name, each));
    UpstreamConfig upstream = fields.required("config", shape);
    Terms terms = Terms.read(fields);
    JsonObject details = new JsonObject().put("op", op()).put("upstream", name);
    return caller -> changes.apply(caller, terms, details, config -> added(config, upstream));
  }

  private static WeirConfig added(WeirConfig config, UpstreamConfig upstream) {
    if (config.upstreams().containsKey(upstream.name())) {
      throw Refusal.exists("upstream", upstream.name());
    }
    return config.with(upstream);
  }
}
