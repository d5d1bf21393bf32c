package dev.weir.control;

import dev.weir.config.ConfigException;
import dev.weir.config.ObjectReader;
import dev.weir.config.Revision;
import dev.weir.config.Shapes;
import dev.weir.config.WeirConfig;
import dev.weir.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/**
 * Puts a whole configuration in the place of the one in force: {@code config}, and {@link Terms}.
 * What belongs to one node may be absent, and else has to be as it is. Secrets that {@code
 * config.get} has hidden stand for what they are in the same place.
 */
final class ConfigReplace implements Command {

  private final Vertx vertx;
  private final Node node;
  private final Changes changes;

  ConfigReplace(Vertx vertx, Node node, Changes changes) {
    this.vertx = vertx;
    this.node = node;
    this.changes = changes;
  }

  @Override
  public String op() {
    return "config.replace";
  }

  @Override
  public Action read(ObjectReader fields) {
    JsonObject config = fields.required("config", Shapes.document());
    Terms terms = Terms.read(fields);
    JsonObject details = new JsonObject().put("op", op());
    return caller ->
        vertx
            .executeBlocking(() -> read(config)) // It may be large.
            .compose(next -> changes.apply(caller, terms, details, now -> with(now, next, config)));
  }

  private WeirConfig read(JsonObject config) {
    try {
      return Revision.read(Secrets.restore(config, () -> node.snapshot().config().toJson()));
    } catch (ConfigException e) {
      throw e.under("/config");
    }
  }

  private static WeirConfig with(WeirConfig now, WeirConfig next, JsonObject config) {
    return Revision.replace(now, next, config);
  }
}
