package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import io.vertx.core.json.JsonObject;

/** Shows the configuration in force, with every default written out; secrets are hidden. */
final class ConfigGet implements Question {

  private final Node node;

  ConfigGet(Node node) {
    this.node = node;
  }

  @Override
  public String op() {
    return "config.get";
  }

  @Override
  public Action read(ObjectReader fields) {
    return Action.of(this::get);
  }

  private JsonObject get() {
    Snapshot snapshot = node.snapshot();
    return new JsonObject()
        .put("version", snapshot.version())
        .put("config", Secrets.hide(snapshot.config().toJson()));
  }
}
